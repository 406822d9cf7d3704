# Les textes, tels que les pages les montrent.
text-stale = Dit ce que le paragraphe disait avant
text-unchanged = Rien n’a changé entre ces deux versions.
text-change-changed = Modifié
text-change-added = Ajouté
text-change-removed = Supprimé
text-change-moved = Déplacé
text-change-same = Inchangé
