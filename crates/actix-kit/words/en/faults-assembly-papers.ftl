# Invitations, papers in sittings and what comes of them.
fault-not_invitable = Sections of UCLG and sister organisations of local governments are invited to write position papers. Choose one of them.
fault-already_invited = This organisation has an invitation that it has not answered. Wait for its answer, or take that one back.
fault-invitation_answered = This invitation was answered or taken back meanwhile.
fault-deadline_after_start = Papers are handed in before the congress begins. Choose an earlier time, or say why this one may come later.
fault-deadline_over = This time is over already. Choose one that lies ahead.
fault-not_a_sitting = This session is not a sitting of the Assembly. Choose one that is.
fault-not_a_position_paper = This is not a position paper of this congress’s Assembly, or nothing more becomes of it. Choose another.
fault-paper_in_sitting = This sitting takes up the paper already.
fault-paper_has_result = What came of this paper here is recorded: it stays in the sitting.
fault-sitting_not_begun = This session has not begun. What comes of it is recorded afterwards.
fault-results_missing = Papers of this sitting have no result yet. Record what came of each, then close it.
fault-sitting_without_papers = This sitting takes up no paper. Add the papers it is about.
fault-sitting_closed = This sitting is closed: its papers and results stay as they are.
fault-result_sent = This result went to the World Assembly: it stays as it is.
fault-not_a_special_session = This is not a special session of Local4Action. Choose one that is.
fault-not_flagged = Nobody has said that the outcome of this session goes to the World Assembly. Ask those who run it.
fault-no_result = What came of this session is not recorded yet. Record it first.

# The World Assembly.
fault-world_assembly_state = The World Assembly cannot go from “{ $from }” to “{ $to }”.
fault-world_assembly_not_placed = The World Assembly has no time in the programme yet. Place it first.
fault-no_networks = No network of the Global Taskforce is recorded. Record them in the directory first.
fault-consent_missing = Not all networks of the Global Taskforce have agreed. Still missing: { $names }.
fault-notice_too_short = The World Assembly is convoked { $months } months before it begins; the last day was { $due_on }. If it is to be convoked all the same, say why.
fault-not_a_network = This organisation is not a network of the Global Taskforce. Choose one that is.
fault-endorsement_asked = A network endorses this person already, or was asked to. Withdraw that first.
fault-endorsement_answered = This was answered or withdrawn meanwhile.
fault-person_not_registered = Only people registered for this congress can be endorsed. Register first.
fault-world_assembly_not_open = The World Assembly is not sitting now. Open it or resume it first.
fault-world_assembly_over = The World Assembly is over: nothing more is put to it.
fault-not_on_agenda = This is not on the agenda of the World Assembly. Put it there first.
fault-already_on_agenda = This is on the agenda already.
fault-item_taken_up = This was presented already: it stays on the agenda.
fault-outcome_for_adoption = What was handed to the World Assembly is put for adoption: it has to decide on it.
fault-question_put = The chair has asked for objections to this already.
fault-objections_not_asked = Nothing is adopted before the chair has asked whether anybody objects. Ask first.
fault-question_over = This was decided meanwhile.
fault-already_objected = You object to this already.
fault-objection_over = This objection was withdrawn already.
fault-objection_stands = There is no consensus: { $objections ->
    [one] one objection stands
   *[other] { $objections } objections stand
 }. Wait until it is withdrawn, return the text, or leave it unadopted.
fault-no_objection_stands = No objection stands: it can be adopted by consensus.
fault-no_fallback_vote = This congress decides by consensus alone: no vote is taken.
fault-undecided_outcomes = { $count ->
    [one] One text that the World Assembly received is not decided
   *[other] { $count } texts that the World Assembly received are not decided
 }. Decide on each before it closes.
