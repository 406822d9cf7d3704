# Lettres à plusieurs.

desk-nav-circulars = Lettres à plusieurs
desk-circular-new = Écrire à plusieurs
desk-circulars-none-hint = Écrivez-en une ici, ou depuis une liste d’inscriptions ou de sessions.
desk-circular-purpose = À quoi elle sert
desk-circular-subject = Objet
desk-circular-body = Texte
desk-circular-of = À qui
desk-circular-state = État
desk-circular-letters = Lettres
desk-circular-whom = À qui elle va
desk-circular-count = { $count ->
    [0] Elle n’irait à personne.
    [one] Elle irait à une personne.
   *[other] Elle irait à { $count } personnes.
}
desk-circular-sample = Parmi elles : { $names }
desk-circular-left-out = Ne reçoivent rien, parce que
desk-circular-left-out-none = Personne n’est laissé de côté.
desk-circular-preview = Comment elle se lit : { $language }
desk-circular-instead = Pas écrite dans cette langue : ses lecteurs l’ont en { $language }.
desk-circular-send = { $count ->
    [one] Écrire à cette personne
   *[other] Écrire à ces { $count } personnes
}
desk-circular-discard = La jeter
desk-circular-edit = La modifier
desk-circular-save = La garder et voir à qui elle va
desk-circular-progress = Où en sont ses lettres
desk-circular-its-letters = Ses lettres dans la boîte d’envoi
desk-circular-of-registered = Seulement parmi les inscrits
desk-circular-of-sessions = Seulement de certaines sessions
desk-circular-of-both = Des inscriptions et des sessions
desk-circular-state-hint = Qui participe, si rien n’est choisi.
desk-circular-country = Pays
desk-circular-country-hint = Ses deux lettres : ZA. De l’organisation, aussi pour les membres.
desk-circular-segment = À qui elle va
desk-circular-session = Numéro de la session
desk-circular-session-hint = Il figure dans l’adresse de la page de la session.
desk-write-to-these = Leur écrire…
desk-write-to-seated = Écrire à qui a une place…
done-circular-sent = Envoyée. Chaque lettre attend dans la boîte d’envoi.
circular-state-draft = En cours d’écriture
circular-state-sent = Envoyée
circular-purpose-service = Ce qu’il faut savoir pour participer, ou comme membre
circular-purpose-news = Des nouvelles ; seulement à qui les a acceptées
segment-of-registered = Qui est inscrit
segment-of-speakers = Qui intervient dans une session
segment-of-leads = Qui mène une session
segment-of-reserved = Qui a une place dans une session
segment-of-members = Qui exerce une fonction dans une organisation membre
not-written-erased = leurs données ont été effacées
not-written-no_address = nous n’avons pas leur adresse
not-written-bounced = la dernière lettre est revenue
not-written-no_consent = pas d’accord pour les nouvelles
fault-circular_was_sent = Cette lettre a déjà été envoyée.
fault-segment_too_large = On écrit à { $most } personnes au plus à la fois. Restreignez le choix.
fault-segment_changed = Elle irait désormais à { $now } personnes, et non à { $said } comme affiché. Regardez à nouveau.
fault-nobody_to_write_to = Il n’y a personne à qui elle puisse aller.
