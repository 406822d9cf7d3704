# The Assembly track.
fault-lead_must_be_lrg = Una sesión la dirige un gobierno local o regional, o una asociación o red de ellos. Elija tal organizador.
fault-scope_required = Diga de qué grupo de regiones o de qué sector trata esta sesión.
fault-scope_ambiguous = Elija un grupo de regiones o un sector, no ambos.
fault-scope_unknown = Este congreso no tiene ese grupo de regiones ni ese sector. Elija de la lista.
fault-paper_required = Una sesión necesita al menos un documento antes de publicarse. Añádalo.
fault-high_level_missing = Una sesión es una mesa redonda de alto nivel. Añada al menos una persona de alto rango entre los ponentes.
fault-world_assembly_exists = Este congreso ya tiene su Asamblea Mundial.
fault-not_the_world_assembly = Esta sesión no es la Asamblea Mundial. Elija aquella.
fault-scope_in_use = Hay sesiones que tratan de ello. Cámbielas antes.
fault-convener_only = Solo pueden hacerlo quienes convocan la Asamblea Mundial.

# The Town Hall track.
fault-lead_must_be_civil_society_partner = Aquí dirige una entidad aliada de la sociedad civil. Elija una.
fault-theme_required = Una sesión del Town Hall tiene un tema. Elija uno.
fault-foreign_theme = Este tema es de otro congreso. Elija uno de este.
fault-town_hall_incomplete = Falta algo antes de publicar. Véalo abajo.
fault-stakeholders_missing = Añada las partes interesadas que participan.
fault-elected_respondent_missing = Añada a una persona con cargo electo que responda.
fault-theme_has_lead = El tema ya tiene quien lo dirige. Termínelo antes.
fault-already_partner = Esta organización ya es aliada del tema.
fault-partner_over = Esta organización ya no es aliada del tema.
fault-not_of_a_partner = Esta persona no tiene un cargo confirmado en una entidad aliada del tema. Haga que se confirme antes.

# The Local4Action track.
fault-format_required = Una sesión de este eje tiene un formato. Elija uno.
fault-not_active = Este formato no está en uso. Elija otro.
fault-call_closed = Esta convocatoria no admite propuestas ahora. Vea las abiertas.
fault-call_mismatch = Esta convocatoria es para otro formato. Elija una para este.
fault-call_unknown = No existe esa convocatoria en este congreso. Elija una de la lista.
fault-call_in_use = Hay sesiones que pasaron por esta convocatoria: se queda.
