# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = C’est plus que ce qui peut être collé en une fois. Reprenez-le par parties.
fault-not_a_docx = Ce n’est pas un document Word qui puisse être lu. Enregistrez-le au format .docx et déposez celui-ci.
fault-docx_damaged = Ce document Word est endommagé. Ouvrez-le dans votre traitement de texte, enregistrez-le à nouveau et déposez celui-ci.
fault-docx_protected = Ce document Word est protégé par un mot de passe, ou d’un format ancien. Enregistrez-le au format .docx sans mot de passe.
fault-docx_has_macros = Ce document Word contient des macros. Enregistrez-le au format .docx sans elles.
fault-docx_too_large = Ce document Word est trop grand. Retirez-en les images et autres documents, ou déposez-le par parties.
fault-docx_too_deep = Dans ce document Word, des tableaux ou d’autres parties sont imbriqués sur plus de { $most } niveaux. Simplifiez-le.
fault-too_long_to_print = C’est trop long pour être imprimé en un seul fichier : au plus { $most } paragraphes. Prenez-le en page, en Word, en Markdown ou en Akoma Ntoso.
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

# Amendements.
fault-whole_replacement = Il ne resterait rien du texte : ce qui le remplace en entier n’est pas un amendement. Déposez-le comme une proposition à part.
fault-nothing_changes = C’est déjà ce qui est écrit là. Modifiez-le, ou ne le proposez pas.
fault-too_many_amendments = Au plus { $most } amendements se déposent ensemble. Déposez les autres à part.
fault-amendment_too_deep = Ce qui amende un amendement ne peut être amendé à son tour. Amendez l’amendement au-dessus.
fault-amendment_closed = Cet amendement est tranché, retiré ou mis aux voix : on ne peut plus rien y faire.
fault-own_amendment = Cet amendement est de vous ou de votre organisation. Une autre l’appuie.
fault-already_seconded = Vous ou votre organisation avez déjà appuyé cet amendement.
fault-not_seconded = { $seconders } organisations sur { $needed } ont appuyé cet amendement. Il attend les autres.
fault-not_circulated = Cet amendement n’a pas été distribué, ou pas depuis assez longtemps. Attendez, ou que la présidence en dispense avec un motif.
fault-languages_missing = Cet amendement n’existe pas dans toutes les langues demandées. Faites-le d’abord traduire.
fault-another_put = L’amendement { $number } est mis aux voix. Tranchez-le d’abord.
fault-not_its_turn = L’amendement { $next } vient d’abord.
fault-order_mismatch = L’ordre doit nommer une fois chaque amendement qui attend, et aucun autre. Relisez la liste.
fault-parent_first = L’amendement { $number } en amende un qui se trouve avant lui. Placez-le devant.
fault-already_amended = Un amendement à celui-ci a été adopté : il ne peut plus être retiré.
fault-taken_up = Quelqu’un a déjà repris cet amendement.
fault-two_thirds_needed = { $in_favour } pour et { $against } contre font moins des deux tiers : ce qui a été décidé demeure.
fault-already_applied = Cet amendement est déjà dans le texte.
fault-excluded_by_adopted = L’amendement { $number } a été adopté et ne laisse pas de place à celui-ci.
fault-no_advice = Rien n’est recommandé sur l’amendement { $number } qui puisse être suivi tel quel. Tranchez-le à part.
fault-block_changed = Un bloc qui a été amendé dit autre chose entre-temps. Comparez les deux et modifiez-le à la main.
fault-already_divided = Cette version a déjà été divisée.
fault-parts_overlap = Un bloc se trouve dans deux parties. Laissez-le dans une seule.
fault-too_many_parts = Un texte se divise en { $most } parties au plus.
