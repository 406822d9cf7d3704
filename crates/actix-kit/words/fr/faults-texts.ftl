# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = C’est plus que ce qui peut être collé en une fois. Reprenez-le par parties.
fault-too_many_blocks = Un texte a au plus { $most } blocs. Divisez-le.
fault-text_full = Ce texte est plein : il a au plus { $most } blocs et 4 Mo. Divisez-le.
fault-block_twice = Un bloc avec cet identifiant se trouve plus haut. Donnez-lui-en un autre.
fault-too_many_looks = Ce passage change trop souvent d’apparence : au plus { $most } fois par bloc. Retirez une partie des mises en relief.
fault-too_many_links = Les adresses de ce bloc sont trop longues : au plus { $most } octets en tout. Divisez-le.
fault-table_too_large = Ce tableau est trop grand : au plus { $most } lignes et 30 colonnes. Divisez-le.
fault-content_mismatch = Un tableau contient des lignes, tout le reste contient du texte. Choisissez la sorte qui convient.
fault-note_unknown = Ce texte n’a pas cette note de bas de page. Ajoutez-la d’abord.
fault-block_removed = Ce bloc a été retiré entre-temps. Sa dernière version montre ce qu’il disait.
fault-no_such_place = Ce texte n’a pas de bloc après lequel le mettre ainsi. Relisez le texte.
fault-footnote_in_use = D’autres blocs renvoient à cette note. Retirez d’abord leurs appels.
fault-authentic_language = C’est la langue dans laquelle le texte est écrit. Choisissez-en une autre.
fault-own_translation = Une traduction est relue par une autre personne que celle qui l’a faite.
fault-translation_stale = Le bloc a changé depuis sa traduction. Traduisez-le à nouveau.
fault-not_aligned = Le texte ne dit pas encore la même chose dans toutes les langues. Voyez ce qui manque.
fault-not_in_version = Cette version n’a pas ce bloc. Choisissez-en un qu’elle contient.
fault-thread_too_deep = Ce fil ne va pas plus loin. Répondez plus haut.
fault-comment_hidden = Ce commentaire est masqué ou a été retiré par son auteur·e.
fault-answer_not_disposed = Une réponse ne demande pas de suite : le commentaire auquel elle appartient en a une.
fault-comments_undisposed = { $comments ->
    [one] Un commentaire n’a
   *[other] { $comments } commentaires n’ont
 } pas encore de suite. Dites ce qu’il est advenu de chacun.
