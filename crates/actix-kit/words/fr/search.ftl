# Ce que l’on trouve par ses mots.
nav-search = Recherche
search-title = Recherche
search-lead = Les séances, documents et résultats de { $title }, dans toutes les langues où ils sont dits. Tous les mots doivent y être ; le dernier peut n’être qu’un début de mot.
search-q = Mots
search-do = Rechercher
search-form = Rechercher dans ce congrès
search-kind = Où
search-language = Langue
search-kind-outcome = Résultats
search-kind-paper = Documents
search-kind-session = Séances
search-more = Tout dans « { $kind } »
search-none = Rien trouvé
search-none-hint = Rien de ce que vous pouvez lire ne contient tous ces mots ensemble, dans un titre ou un paragraphe. Essayez avec moins de mots, ou dans une autre langue.
search-said-in = En { $language }
