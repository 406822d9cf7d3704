# Organisations, memberships, relations, positions and rolls.
fault-organisation_exists = Cette organisation figure déjà dans l’annuaire. Choisissez-la.
fault-looks_alike = Ce nom ressemble à celui d’une autre organisation, écrit avec d’autres caractères. Corrigez-le, ou confirmez-le.
fault-already_merged = Cette organisation a été fusionnée avec une autre. Travaillez sur celle-là.
fault-cannot_merge = Choisissez une autre organisation de l’annuaire, dans laquelle la fusionner.
fault-both_members = Les deux organisations sont membres. Mettez d’abord fin à l’une des adhésions, pour ne perdre ni voix ni cotisation.
fault-part_of_itself = Une organisation ne peut faire partie d’elle-même. Choisissez-en une autre.
fault-already_member = L’organisation est déjà membre de cette catégorie. Faites évoluer cette adhésion.
fault-not_in_order = Une étape ne peut valoir avant la précédente ({ $last }), ni dans l’avenir.
fault-circular = Elle se retrouverait membre d’elle-même, par d’autres. Choisissez-en une autre.
fault-already_related = Cette relation est déjà enregistrée et court encore. Mettez-y d’abord fin.
fault-already_over = Cette relation a déjà pris fin.
fault-own_position = On ne confirme pas sa propre fonction. Adressez-vous au secrétariat.
fault-evidence_too_weak = Ce qui appuie cette fonction demande un examen à part. Ouvrez-la et décidez-en séparément.
fault-position_exists = Cette fonction est déjà exercée ou demandée.
fault-not_a_sheet = Ce n’est ni du CSV ni du XLSX. Enregistrez le tableau dans l’un de ces formats et renvoyez-le.
fault-not_utf8 = La ligne { $line } n’est pas en UTF-8. Enregistrez le fichier en UTF-8, ou indiquez qu’il est en Windows-1252.
fault-bad_line = La ligne { $line } est illisible. Vérifiez ses guillemets et ses séparateurs.
fault-sheet_too_large = Le tableau est trop grand : au plus { $most } { $what ->
    [rows] lignes
    [columns] colonnes
    [bytes] octets
    [parts] éléments
   *[other] caractères par cellule
  }. Divisez-le et envoyez les parties l’une après l’autre.
fault-no_rows = Il n’y a aucune ligne sous l’en-tête. Vérifiez le fichier.
fault-column_missing = La colonne « { $column } » manque. Ajoutez-la et renvoyez le fichier.
fault-column_twice = Deux colonnes s’appellent « { $column } ». Renommez-en une.
fault-rows_at_fault = { $rows ->
    [one] Une ligne ne peut être prise
   *[other] { $rows } lignes ne peuvent être prises
  } ; rien ne l’a été. Corrigez le fichier, ou ne prenez que les bonnes lignes.

# Beside a field, and in the dry run of a roll.
fault-not_an_address = Ce n’est pas l’adresse d’un site : https://…
fault-not_a_domain = Ce n’est pas un domaine. Indiquez ce qui suit @ dans les adresses de votre personnel.
fault-not_a_currency = Ce n’est pas une monnaie : trois lettres, comme EUR.
fault-not_for_this_kind = Laissez ce champ vide pour ce genre de relation.
fault-not_an_id = Ce n’est pas un identifiant de cet annuaire. Laissez-le vide pour une nouvelle organisation.
fault-not_a_day = Ce n’est pas une date. Écrivez-la ainsi : 2019-11-14, ou une année seule.
fault-in_the_future = C’est dans l’avenir.
fault-category_differs = L’organisation est membre d’une autre catégorie. Mettez d’abord fin à cette adhésion.
fault-state_taken_as_active = Aucun état n’est indiqué ; il est pris pour actif.
fault-dues_kept = La cotisation enregistrée pour cette année est gardée, bien que le fichier la dise impayée.
fault-merged_into = L’organisation de ce nom a été fusionnée avec une autre, à laquelle la ligne s’applique.
fault-role_ignored = Aucune importation ne donne de fonction : cette colonne est ignorée.
fault-unknown_column = Cette colonne est inconnue et ignorée.
