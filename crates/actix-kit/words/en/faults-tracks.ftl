# The Assembly track.
fault-lead_must_be_lrg = A sitting is led by a local or regional government, or an association or network of them. Choose such an organiser.
fault-scope_required = Say which group of regions or which sector this sitting is about.
fault-scope_ambiguous = Choose a group of regions or a sector, not both.
fault-scope_unknown = This congress has no such group of regions or sector. Choose one of the list.
fault-paper_required = A sitting needs at least one paper before it is released. Add it.
fault-high_level_missing = A sitting is a high-level round table. Add at least one speaker of high rank.
fault-world_assembly_exists = This congress has its World Assembly already.
fault-not_the_world_assembly = This session is not the World Assembly. Choose that one.
fault-scope_in_use = Sittings are about it. Change them first.
fault-convener_only = Only those who convene the World Assembly may do this.

# The Town Hall track.
fault-lead_must_be_civil_society_partner = A partner from civil society leads here. Choose one.
fault-theme_required = A session of the Town Hall has a theme. Choose one.
fault-foreign_theme = This theme is of another congress. Choose one of this one.
fault-town_hall_incomplete = Something is missing before this can be released. See below.
fault-stakeholders_missing = Add the stakeholders who take part.
fault-elected_respondent_missing = Add somebody with an elected mandate who responds.
fault-theme_has_lead = The theme has a lead already. End that first.
fault-already_partner = This organisation is a partner of the theme already.
fault-partner_over = This organisation is no partner of the theme any more.
fault-not_of_a_partner = This person holds no confirmed position in a partner of the theme. Have it confirmed first.

# The Local4Action track.
fault-format_required = A session of this track has a format. Choose one.
fault-not_active = This format is not in use. Choose another.
fault-call_closed = This call takes no proposals now. See those that are open.
fault-call_mismatch = This call is for another format. Choose one for this format.
fault-call_unknown = There is no such call in this congress. Choose one of the list.
fault-call_in_use = Sessions came through this call: it stays.
