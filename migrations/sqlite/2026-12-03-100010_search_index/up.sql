-- The words of `search_entries`, in FTS5. They come folded and apart, so that its own reading of them is the simplest. The
-- triggers keep it: whatever writes the rows writes the index, in the same transaction.
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, content = 'search_entries', content_rowid = 'number', tokenize = 'ascii', detail = 'none', columnsize = 0,
    prefix = '2 3'
);
INSERT INTO search_index (search_index) VALUES ('rebuild');

CREATE TRIGGER search_index_put AFTER INSERT ON search_entries BEGIN
    INSERT INTO search_index (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER search_index_taken AFTER DELETE ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER search_index_changed AFTER UPDATE OF number, words ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO search_index (rowid, words) VALUES (new.number, new.words);
END;
