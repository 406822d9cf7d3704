-- What a sealed version says in another language, sealed with it: an array of blocks, each with what it said and whether that
-- was of what the block had said before.
CREATE TABLE text_version_translations (
    version UUID NOT NULL REFERENCES text_versions (id),
    language TEXT NOT NULL,
    said JSONB NOT NULL,
    PRIMARY KEY (version, language)
);
