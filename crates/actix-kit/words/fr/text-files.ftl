# Les textes en fichiers : remis, et repris.
file-as-html = En une page
file-as-docx = En Word
file-as-pdf = À imprimer (PDF)
file-as-akn = En Akoma Ntoso (XML)
file-as-md = En Markdown
paper-files = En fichier
paper-file = Remplacer le tout par un fichier
paper-file-hint = Un document Word ou du Markdown prend la place de tout ce qui est ici. Les paragraphes qui disent la même chose gardent leur adresse durable ; dans un fichier Word pris sur cette page, ceux qui ont changé la gardent aussi.
paper-file-file = Fichier (.docx ou .md)
paper-file-do = Remplacer par ce fichier
