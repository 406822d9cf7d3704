# Invitations, documents dans les séances et suites données.
fault-not_invitable = Les sections de CGLU et les organisations sœurs de gouvernements locaux sont invitées à rédiger des documents d’orientation politique. Choisissez-en une.
fault-already_invited = Cette organisation a une invitation à laquelle elle n’a pas répondu. Attendez sa réponse, ou retirez cette invitation.
fault-invitation_answered = Cette invitation a reçu une réponse ou a été retirée entre-temps.
fault-deadline_after_start = Les documents sont remis avant le début du congrès. Choisissez une date antérieure, ou dites pourquoi celui-ci peut venir plus tard.
fault-deadline_over = Ce moment est déjà passé. Choisissez une date à venir.
fault-not_a_sitting = Cette session n’est pas une séance de l’Assemblée. Choisissez-en une.
fault-not_a_position_paper = Ce n’est pas un document d’orientation politique de l’Assemblée de ce congrès, ou il n’y est plus donné suite. Choisissez-en un autre.
fault-paper_in_sitting = Cette séance traite déjà ce document.
fault-paper_has_result = Le résultat de ce document est consigné ici : il reste dans la séance.
fault-sitting_not_begun = Cette session n’a pas commencé. Ses résultats se consignent ensuite.
fault-results_missing = Des documents de cette séance n’ont pas encore de résultat. Consignez celui de chacun, puis clôturez la séance.
fault-sitting_without_papers = Cette séance ne traite aucun document. Ajoutez ceux sur lesquels elle porte.
fault-sitting_closed = Cette séance est close : ses documents et ses résultats restent tels quels.
fault-result_sent = Ce résultat a été transmis à l’Assemblée mondiale : il reste tel quel.
fault-not_a_special_session = Ce n’est pas une session spéciale de Local4Action. Choisissez-en une.
fault-not_flagged = Personne n’a indiqué que les résultats de cette session vont à l’Assemblée mondiale. Demandez à celles et ceux qui la conduisent.
fault-no_result = Les résultats de cette session ne sont pas encore consignés. Consignez-les d’abord.

# L’Assemblée mondiale.
fault-world_assembly_state = L’Assemblée mondiale ne peut pas passer de « { $from } » à « { $to } ».
fault-world_assembly_not_placed = L’Assemblée mondiale n’a pas encore d’horaire dans le programme. Placez-la d’abord.
fault-no_networks = Aucun réseau de la Global Taskforce n’est enregistré. Enregistrez-les d’abord dans l’annuaire.
fault-consent_missing = Tous les réseaux de la Global Taskforce n’ont pas donné leur accord. Il manque : { $names }.
fault-notice_too_short = L’Assemblée mondiale est convoquée { $months } mois avant son début ; le dernier jour était le { $due_on }. S’il faut la convoquer malgré tout, dites pourquoi.
fault-not_a_network = Cette organisation n’est pas un réseau de la Global Taskforce. Choisissez-en un.
fault-endorsement_asked = Un réseau a déjà donné son aval à cette personne, ou a été sollicité. Retirez d’abord cette demande.
fault-endorsement_answered = Une réponse a été donnée ou la demande a été retirée entre-temps.
fault-person_not_registered = Seules les personnes inscrites à ce congrès peuvent recevoir un aval. Inscrivez-vous d’abord.
fault-world_assembly_not_open = L’Assemblée mondiale ne siège pas en ce moment. Ouvrez-la ou reprenez-la d’abord.
fault-world_assembly_over = L’Assemblée mondiale est terminée : plus rien ne lui est soumis.
fault-not_on_agenda = Ce texte n’est pas à l’ordre du jour de l’Assemblée mondiale. Inscrivez-le d’abord.
fault-already_on_agenda = Ce texte est déjà à l’ordre du jour.
fault-item_taken_up = Ce texte a déjà été présenté : il reste à l’ordre du jour.
fault-outcome_for_adoption = Ce qui a été transmis à l’Assemblée mondiale lui est soumis pour adoption : elle doit en décider.
fault-question_put = La présidence a déjà demandé s’il y avait des objections.
fault-objections_not_asked = Rien n’est adopté avant que la présidence ait demandé s’il y a des objections. Demandez-le d’abord.
fault-question_over = La décision a été prise entre-temps.
fault-already_objected = Vous avez déjà formulé une objection.
fault-objection_over = Cette objection a déjà été retirée.
fault-objection_stands = Il n’y a pas de consensus : { $objections ->
    [one] une objection est maintenue
   *[other] { $objections } objections sont maintenues
 }. Attendez son retrait, renvoyez le texte, ou ne l’adoptez pas.
fault-no_objection_stands = Aucune objection n’est maintenue : le texte peut être adopté par consensus.
fault-no_fallback_vote = Ce congrès décide uniquement par consensus : aucun vote n’a lieu.
fault-undecided_outcomes = { $count ->
    [one] Un texte reçu par l’Assemblée mondiale n’a pas fait l’objet d’une décision
   *[other] { $count } textes reçus par l’Assemblée mondiale n’ont pas fait l’objet d’une décision
 }. Décidez de chacun avant la clôture.
