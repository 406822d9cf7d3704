# La parole dans une réunion : oratrices et orateurs, motions d’ordre, motions de procédure.
fault-floor_closed = La parole est close.
fault-floor_paused = La séance est suspendue. La parole sera donnée à la reprise.
fault-another_floor_open = Un autre point de cette session est en discussion. Fermez-le d’abord.
fault-speakers_list_closed = La liste des oratrices et orateurs est close. Un droit de réponse et une motion d’ordre restent possibles.
fault-already_asked = Cette personne est déjà inscrite à ce titre, ou s’est exprimée sur cette motion.
fault-asked_too_often = Cette personne a demandé la parole { $most } fois sur ce point. Aucune autre demande n’est prise.
fault-already_called = La parole a déjà été donnée à cette personne.
fault-floor_moved_on = Quelqu’un d’autre a donné la parole entre-temps. Regardez à nouveau qui l’a.
fault-next_changed = Une autre personne vient maintenant en premier. Regardez à nouveau, puis donnez la parole.
fault-nobody_waits = Personne n’attend la parole.
fault-not_speaking = Cette personne n’a pas la parole.
fault-somebody_speaks = Quelqu’un parle. Mettez d’abord fin à son intervention.
fault-place_is_fixed = Seules les déclarations et les réponses en attente peuvent être déplacées.
fault-place_unknown = Personne de ce nom n’est dans la file à cet endroit. Regardez à nouveau la liste.
fault-point_not_ruled = Une motion d’ordre attend sa décision. Statuez d’abord.
fault-not_a_point_of_order = Ce n’est pas une motion d’ordre.
fault-ruling_final = La séance s’est poursuivie depuis cette décision, ou il en a déjà été appelé. Il ne peut plus en être appelé.
fault-appeal_open = Il a été appelé d’une décision. Comptez d’abord le vote à ce sujet.
fault-no_appeal = Aucun appel de cette décision n’attend de vote.
fault-motion_pending = Une motion de procédure attend sa décision. Mettez-la d’abord aux voix.
fault-motion_already_moved = Une motion de cette sorte attend déjà sa décision.
fault-motion_waits = Une autre motion a priorité. Mettez-la d’abord aux voix.
fault-motion_speakers_full = { $most ->
    [0] Personne ne s’exprime de ce côté sur cette motion : elle est mise aux voix immédiatement.
   *[other] Autant de personnes que permis ont demandé à s’exprimer de ce côté de la motion : { $most }.
 }
fault-mover_has_spoken = Qui a présenté une motion ne s’exprime pas une seconde fois à son sujet.
fault-motion_decided = Cette motion a été décidée, ou est devenue sans objet.
fault-no_floor_here = Cette session n’a pas de liste d’oratrices et d’orateurs. L’Assemblée mondiale et les séances de l’Assemblée en ont une.
fault-not_an_item = Choisissez un point de l’ordre du jour ou un document de cette séance.
