-- What can be found by its words: titles, abstracts and blocks, in each language in which they are said.

CREATE TABLE search_kinds (code TEXT PRIMARY KEY);
INSERT INTO search_kinds (code) VALUES ('outcome'), ('paper'), ('session');

-- `thing` is the id of what is found, whichever table it stands in; `part` is `title`, `abstract` or the id of a block.
-- Who finds it has both keys. `words` are those of `body`, folded, each once, with single spaces between: what the index
-- of each engine is of, which `search_index` makes. `number` is that index's name of the row.
CREATE TABLE search_entries (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES search_kinds (code),
    thing UUID NOT NULL,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    part TEXT NOT NULL,
    language TEXT NOT NULL,
    visible_to TEXT NOT NULL,
    details_to TEXT NOT NULL,
    order_key BYTEA NOT NULL,
    body TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (thing, part, language)
);
CREATE INDEX search_entries_by_kind ON search_entries (kind, edition, thing);
