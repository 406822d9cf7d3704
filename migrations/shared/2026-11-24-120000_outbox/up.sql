-- The outbox as its desk uses it: edits guarded by a version, each try with what the mail server said, bounces.

-- The default is for the letters there already are; every new one is written with its version.
ALTER TABLE letters ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
INSERT INTO letter_states (code) VALUES ('bounced');

CREATE TABLE delivery_outcomes (code TEXT PRIMARY KEY);
INSERT INTO delivery_outcomes (code) VALUES ('taken'), ('put_off'), ('refused'), ('bounced');

CREATE TABLE letter_deliveries (
    id UUID PRIMARY KEY,
    letter UUID NOT NULL REFERENCES letters (id),
    at TIMESTAMPTZ NOT NULL,
    outcome TEXT NOT NULL REFERENCES delivery_outcomes (code),
    said TEXT NOT NULL
);
CREATE INDEX letter_deliveries_by_letter ON letter_deliveries (letter, id);

-- A list of letters is read from one end of an index, whatever it is filtered by.
CREATE INDEX letters_by_age ON letters (created_at, id);
CREATE INDEX letters_by_state_and_age ON letters (state, created_at, id);
CREATE INDEX letters_by_kind_and_age ON letters (kind, created_at, id);
DROP INDEX letters_by_person;
CREATE INDEX letters_by_person ON letters (person_id, created_at, id);
