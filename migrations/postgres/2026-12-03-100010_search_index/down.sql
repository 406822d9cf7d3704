DROP INDEX search_entries_by_words;
