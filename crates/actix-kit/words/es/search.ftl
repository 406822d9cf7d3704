# Lo que se encuentra por sus palabras.
nav-search = Buscar
search-title = Buscar
search-lead = Las sesiones, los documentos y los resultados de { $title }, en todas las lenguas en que están dichos. Deben estar todas las palabras; la última puede ser solo un comienzo.
search-q = Palabras
search-do = Buscar
search-form = Buscar en este congreso
search-kind = Dónde
search-language = Lengua
search-kind-outcome = Resultados
search-kind-paper = Documentos
search-kind-session = Sesiones
search-more = Todo en «{ $kind }»
search-none = Nada encontrado
search-none-hint = Nada de lo que usted puede leer tiene todas estas palabras juntas, en un título o un párrafo. Pruebe con menos palabras o en otra lengua.
search-said-in = En { $language }
