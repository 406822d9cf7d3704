# Editions, rooms, sessions, releases and imports.
fault-edition_over = Ce congrès est archivé ou annulé : plus rien n’y change.
fault-room_taken = La salle accueille alors { $session }, ou trop peu avant ou après. Choisissez une autre salle ou une autre heure.
fault-room_kept = La salle n’est pas libre à ce moment. Choisissez une autre salle ou une autre heure.
fault-track_closed = Aucune séance de ce circuit ne peut être prévue ici : il n’est pas mis en place. Choisissez-en un autre.
fault-session_over = Cette séance a été annulée ou a fait l’objet d’un rapport : elle ne change plus.
fault-already_released = Cette séance a déjà été publiée. Déplacez-la, ou annulez-la pour que les gens soient prévenus.
fault-conflicts_left = Il reste des conflits qui empêchent la publication. Résolvez-les, ou acceptez-les en disant pourquoi.
fault-would_clash = Cela crée des conflits que le congrès n’admet pas. Choisissez une autre place ou heure, ou dites pourquoi ils peuvent rester.
fault-nothing_to_release = Rien n’a changé depuis la dernière publication.
fault-no_such_conflict = Ce conflit n’existe plus. Relisez la liste.
fault-format_in_use = Des séances emploient ce format. Retirez-le de l’usage au lieu de le supprimer.
fault-not_open_yet = Cela ouvre à { $opens_at }. Revenez alors.
fault-in_use_by_sessions = Des séances y renvoient. Modifiez-les d’abord.
fault-rule_changed = Quelqu’un a modifié cette règle entre-temps. Relisez-la, puis refaites votre modification.

# Files that are imported.
fault-not_xml = Le fichier n’est pas du XML lisible. Exportez-le à nouveau et envoyez-le.
fault-xml_with_dtd = Le fichier déclare un type de document, ce qui n’est pas accepté. Exportez-le sans.
fault-xml_too_deep = Le fichier est plus imbriqué que tout programme (au plus { $most }). Vérifiez que c’en est un.
fault-xml_too_many = Le fichier compte plus d’éléments que tout programme (au plus { $most }). Divisez-le.
fault-not_a_schedule = C’est du XML, mais pas un programme. Envoyez un schedule.xml avec des jours et des séances.
fault-nothing_to_import = Aucune séance du fichier n’est utilisable. Vérifiez ses dates, ses salles et ses titres.
fault-row_twice = La ligne { $row } concerne la même séance. Gardez-en une.

# Beside a field.
fault-not_placed = Cette séance n’a pas encore de place au programme. Placez-la d’abord.
fault-unknown_choice = Choisissez dans la liste.
fault-reserved = Ce code est réservé au site lui-même. Choisissez-en un autre.
fault-not_a_time = Ce n’est pas une heure. Écrivez-la ainsi : 09:30, ou avec son jour : 2019-11-14T09:30.
fault-not_a_link = Ce n’est pas une adresse du web. Elle commence par https:// ou http://.
fault-not_a_moment = Ce n’est pas un instant. Écrivez-le ainsi : 2019-11-14T09:30:00Z.
fault-not_a_number = Ce n’est pas un nombre.
fault-not_a_zone = Ce n’est pas un fuseau horaire. Écrivez-le ainsi : Africa/Johannesburg.
fault-not_hours = Ce ne sont pas des heures d’ouverture. La salle ouvre avant de fermer, par exemple 08:00 et 18:30.
fault-skipped_hour = Ce jour-là, les horloges sautent cette heure. Choisissez-en une autre.
fault-hour_twice = Ce jour-là, les horloges indiquent cette heure deux fois. Dites si c’est la première ou la seconde.
fault-rule_too_deep = La règle est trop imbriquée. Simplifiez-la.
fault-rule_too_long = La règle est trop longue. Raccourcissez-la.
fault-rule_without_any_of = Dites qui le peut : choisissez au moins une ligne sous « l’un de ».
fault-unknown_atom = La règle nomme quelque chose d’inconnu. Choisissez dans la liste.
fault-format_empty = Ce format n’est pas encore décrit. Choisissez-en un autre.
fault-format_retired = Ce format n’accueille plus de séances. Choisissez-en un autre.
fault-zero_length = La fin doit venir après le début.
fault-outside_edition = C’est en dehors des jours du congrès.
fault-kind_not_of_track = Ce circuit n’a pas de séances de cette sorte. Choisissez-en une autre.
fault-change_by_placing = La durée d’une séance placée se modifie en la plaçant de nouveau.
fault-same_session = Choisissez une autre séance que celle-ci.
fault-not_a_slug = Petites lettres de a à z et chiffres, au moins deux ; des traits d’union peuvent les relier.
fault-choose_two = Cochez exactement deux séances.
fault-too_many_entries = C’est trop. Retirez-en.
fault-fixed_severity = La gravité de ce contrôle ne peut pas changer.
fault-same_venue = Choisissez un autre lieu.
fault-choose_two_rooms = Cochez des séances d’exactement deux salles.
fault-only_breaks = Seuls les pauses et les blocages se copient.
