# What is found by its words.
nav-search = Search
search-title = Search
search-lead = Sessions, papers and outcomes of { $title }, in every language in which they are said. All words must be there; the last may be the beginning of one.
search-q = Words
search-do = Search
search-form = Search this congress
search-kind = Where
search-language = Language
search-kind-outcome = Outcomes
search-kind-paper = Papers
search-kind-session = Sessions
search-more = All in “{ $kind }”
search-none = Nothing found
search-none-hint = Nothing that you may read has all of these words together, in one title or one paragraph. Try fewer of them, or another language.
search-said-in = In { $language }
