-- The keys under which the log seals what is personal. Erasing somebody takes their key and leaves the row, which says
-- when; what was sealed for them cannot be read again, and the log's chain stays whole.
CREATE TABLE person_keys (
    person UUID PRIMARY KEY REFERENCES persons (id),
    sealing BYTEA,
    made_at TIMESTAMPTZ NOT NULL,
    destroyed_at TIMESTAMPTZ
);
