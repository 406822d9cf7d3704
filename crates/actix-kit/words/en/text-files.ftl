# Texts as files: handed out, and taken in.
file-as-html = As one page
file-as-docx = As Word
file-as-pdf = To print (PDF)
file-as-akn = As Akoma Ntoso (XML)
file-as-md = As Markdown
paper-files = As a file
paper-file = Replace the whole by a file
paper-file-hint = A Word document or Markdown takes the place of all that stands here. Paragraphs that say the same keep their lasting address; in a Word file taken from this page, changed ones do too.
paper-file-file = File (.docx or .md)
paper-file-do = Replace by this file
