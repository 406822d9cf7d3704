-- Texts that many hands and languages work on: numbered blocks with lasting ids.

CREATE TABLE text_block_kinds (code TEXT PRIMARY KEY);
INSERT INTO text_block_kinds (code)
VALUES ('heading'), ('paragraph'), ('item'), ('quote'), ('table'), ('footnote');

CREATE TABLE text_comment_states (code TEXT PRIMARY KEY);
INSERT INTO text_comment_states (code) VALUES ('posted'), ('moderated'), ('withdrawn');

CREATE TABLE text_comment_positions (code TEXT PRIMARY KEY);
INSERT INTO text_comment_positions (code) VALUES ('support'), ('neutral'), ('oppose');

CREATE TABLE text_comment_dispositions (code TEXT PRIMARY KEY);
INSERT INTO text_comment_dispositions (code) VALUES ('accepted'), ('partly'), ('not_accepted');

-- `language` is the authentic one; `version` counts every change of the working copy.
CREATE TABLE texts (
    id UUID PRIMARY KEY,
    language TEXT NOT NULL,
    title JSONB NOT NULL,
    version BIGINT NOT NULL,
    edition UUID REFERENCES editions (id),
    visible_to TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX texts_by_edition ON texts (edition, id);

-- The working copy, and what stood in it. `place` leaves gaps, so that a block comes between two others and none is
-- rewritten. `added_after` and `removed_in` are numbers of versions: the last one sealed when the block came, and when it
-- went. It stands in the versions after the first, up to the second.
CREATE TABLE text_blocks (
    id UUID PRIMARY KEY,
    text UUID NOT NULL REFERENCES texts (id),
    place BIGINT NOT NULL,
    kind TEXT NOT NULL REFERENCES text_block_kinds (code),
    level INTEGER NOT NULL,
    numbered BOOLEAN NOT NULL,
    content JSONB NOT NULL,
    version BIGINT NOT NULL,
    added_after BIGINT NOT NULL,
    removed_in BIGINT
);
CREATE INDEX text_blocks_by_place ON text_blocks (text, place);

-- Sealed and never changed. `hash` is of language, title and blocks in their canonical form.
CREATE TABLE text_versions (
    id UUID PRIMARY KEY,
    text UUID NOT NULL REFERENCES texts (id),
    number BIGINT NOT NULL,
    language TEXT NOT NULL,
    title JSONB NOT NULL,
    blocks JSONB NOT NULL,
    hash TEXT NOT NULL,
    note TEXT NOT NULL,
    sealed_at TIMESTAMPTZ NOT NULL,
    sealed_by UUID REFERENCES persons (id),
    UNIQUE (text, number)
);
CREATE INDEX text_versions_by_person ON text_versions (sealed_by);

-- What a block says in another language. `of_hash` is of what the block said when it was translated: when that changes the
-- translation stays, for the versions that say it, and the block waits for another.
CREATE TABLE text_translations (
    block UUID NOT NULL REFERENCES text_blocks (id),
    language TEXT NOT NULL,
    of_hash TEXT NOT NULL,
    text UUID NOT NULL REFERENCES texts (id),
    content JSONB NOT NULL,
    translated_by UUID REFERENCES persons (id),
    translated_at TIMESTAMPTZ NOT NULL,
    reviewed_by UUID REFERENCES persons (id),
    reviewed_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    PRIMARY KEY (block, language, of_hash)
);
CREATE INDEX text_translations_by_text ON text_translations (text, language);
CREATE INDEX text_translations_by_translator ON text_translations (translated_by);
CREATE INDEX text_translations_by_reviewer ON text_translations (reviewed_by);

-- `thread` is the comment that began it, `parent` the one that is answered, `depth` how far it is from the beginning.
CREATE TABLE text_comments (
    id UUID PRIMARY KEY,
    text UUID NOT NULL REFERENCES texts (id),
    text_version UUID NOT NULL REFERENCES text_versions (id),
    block UUID REFERENCES text_blocks (id),
    thread UUID NOT NULL REFERENCES text_comments (id),
    parent UUID REFERENCES text_comments (id),
    depth INTEGER NOT NULL,
    position TEXT REFERENCES text_comment_positions (code),
    author UUID NOT NULL REFERENCES persons (id),
    language TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES text_comment_states (code),
    moderated_by UUID REFERENCES persons (id),
    moderated_at TIMESTAMPTZ,
    moderation_reason TEXT,
    posted_at TIMESTAMPTZ NOT NULL,
    disposition TEXT REFERENCES text_comment_dispositions (code),
    disposition_reason TEXT,
    disposed_by UUID REFERENCES persons (id),
    disposed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX text_comments_by_block ON text_comments (text, block, id);
CREATE INDEX text_comments_by_version ON text_comments (text_version);
CREATE INDEX text_comments_of_block ON text_comments (block);
CREATE INDEX text_comments_by_thread ON text_comments (thread, id);
CREATE INDEX text_comments_by_parent ON text_comments (parent);
CREATE INDEX text_comments_by_author ON text_comments (author);
CREATE INDEX text_comments_by_moderator ON text_comments (moderated_by);
CREATE INDEX text_comments_by_disposer ON text_comments (disposed_by);
