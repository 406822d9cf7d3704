-- The words of `search_entries`, as lexemes. They come folded and apart: no parser of the server reads them, whose idea of a
-- letter depends on the locale of the database.
CREATE INDEX search_entries_by_words ON search_entries
    USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off);
