# Los textos como archivos: entregados y recibidos.
file-as-html = En una página
file-as-docx = En Word
file-as-pdf = Para imprimir (PDF)
file-as-akn = En Akoma Ntoso (XML)
file-as-md = En Markdown
paper-files = Como archivo
paper-file = Sustituir todo por un archivo
paper-file-hint = Un documento Word o Markdown ocupa el lugar de todo lo que hay aquí. Los párrafos que dicen lo mismo conservan su dirección duradera; en un archivo Word tomado de esta página, también los que cambiaron.
paper-file-file = Archivo (.docx o .md)
paper-file-do = Sustituir por este archivo
