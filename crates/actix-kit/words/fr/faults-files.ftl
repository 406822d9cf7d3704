# Files that are handed in.
fault-file_type = Les fichiers de ce type ({ $found }) ne sont pas acceptés. Envoyez un PDF, un document, ou une image JPEG ou PNG.
fault-file_active = Le document contient des macros ou d’autres éléments actifs. Enregistrez-le sans eux, ou en PDF, et renvoyez-le.
fault-file_empty = Le fichier est vide. Choisissez-en un autre.
fault-file_damaged = Le fichier est endommagé ou incomplet. Ouvrez-le pour vérifier, enregistrez-le à nouveau et renvoyez-le.
fault-image_too_big = L’image compte plus de { $pixels_max } pixels. Réduisez-la et renvoyez-la.
fault-storage_unavailable = Les fichiers ne peuvent être ni enregistrés ni lus pour le moment. Réessayez dans un instant.
