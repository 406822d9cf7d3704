# The Assembly track.
fault-lead_must_be_lrg = Une session est conduite par un gouvernement local ou régional, ou par une association ou un réseau de ceux-ci. Choisissez un tel organisateur.
fault-scope_required = Dites sur quel groupe de régions ou quel secteur porte cette session.
fault-scope_ambiguous = Choisissez un groupe de régions ou un secteur, non les deux.
fault-scope_unknown = Ce congrès n’a pas ce groupe de régions ni ce secteur. Choisissez dans la liste.
fault-paper_required = Une session demande au moins un document avant d’être publiée. Ajoutez-le.
fault-high_level_missing = Une session est une table ronde de haut niveau. Ajoutez au moins une personne de haut rang parmi les intervenant·e·s.
fault-world_assembly_exists = Ce congrès a déjà son Assemblée mondiale.
fault-not_the_world_assembly = Cette séance n’est pas l’Assemblée mondiale. Choisissez celle-ci.
fault-scope_in_use = Des sessions portent dessus. Modifiez-les d’abord.
fault-convener_only = Seules les personnes qui convoquent l’Assemblée mondiale le peuvent.

# The Town Hall track.
fault-lead_must_be_civil_society_partner = C’est un partenaire de la société civile qui conduit ici. Choisissez-en un.
fault-theme_required = Une séance du Town Hall a un thème. Choisissez-en un.
fault-foreign_theme = Ce thème est celui d’un autre congrès. Choisissez-en un de celui-ci.
fault-town_hall_incomplete = Il manque quelque chose avant la publication. Voyez ci-dessous.
fault-stakeholders_missing = Ajoutez les parties prenantes qui participent.
fault-elected_respondent_missing = Ajoutez une personne élue qui répond.
fault-theme_has_lead = Le thème a déjà un chef de file. Mettez-y d’abord fin.
fault-already_partner = Cette organisation est déjà partenaire du thème.
fault-partner_over = Cette organisation n’est plus partenaire du thème.
fault-not_of_a_partner = Cette personne n’a pas de fonction confirmée chez un partenaire du thème. Faites-la d’abord confirmer.

# The Local4Action track.
fault-format_required = Une séance de ce circuit a un format. Choisissez-en un.
fault-not_active = Ce format n’est pas en usage. Choisissez-en un autre.
fault-call_closed = Cet appel ne reçoit pas de propositions en ce moment. Voyez ceux qui sont ouverts.
fault-call_mismatch = Cet appel concerne un autre format. Choisissez-en un pour celui-ci.
fault-call_unknown = Ce congrès n’a pas cet appel. Choisissez-en un dans la liste.
fault-call_in_use = Des séances sont passées par cet appel : il demeure.
