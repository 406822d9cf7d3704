# Files that are handed in.
fault-file_type = No se aceptan archivos de este tipo ({ $found }). Envíe un PDF, un documento o una imagen JPEG o PNG.
fault-file_active = El documento contiene macros u otras partes activas. Guárdelo sin ellas, o como PDF, y vuelva a enviarlo.
fault-file_empty = El archivo está vacío. Elija otro.
fault-file_damaged = El archivo está dañado o incompleto. Ábralo para comprobarlo, guárdelo de nuevo y vuelva a enviarlo.
fault-image_too_big = La imagen tiene más de { $pixels_max } píxeles. Redúzcala y vuelva a enviarla.
fault-storage_unavailable = Ahora no se pueden guardar ni leer archivos. Pruebe de nuevo en un instante.
