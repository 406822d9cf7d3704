-- The outbox: letters are rows of the transaction that wants them, and leave after it.

CREATE TABLE letter_states (code TEXT PRIMARY KEY);
INSERT INTO letter_states (code)
VALUES ('waiting'), ('held'), ('sending'), ('sent'), ('failed'), ('cancelled');

-- `secret` names the code a letter asks for; the code itself is made when the letter is sent, and is never here.
-- `not_before`, `next_try_at`, `leased_until` and `sent_at` are of the machine's clock.
CREATE TABLE letters (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    to_email TEXT NOT NULL,
    to_name TEXT NOT NULL,
    to_key TEXT NOT NULL,
    person_id UUID REFERENCES persons (id),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    secret TEXT REFERENCES code_purposes (code),
    secret_payload JSONB,
    state TEXT NOT NULL REFERENCES letter_states (code),
    not_before TIMESTAMPTZ,
    attempts INTEGER NOT NULL,
    next_try_at TIMESTAMPTZ,
    leased_until TIMESTAMPTZ,
    last_error TEXT,
    dedupe_key TEXT UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    shown TEXT
);
CREATE INDEX letters_by_turn ON letters (state, next_try_at);
CREATE INDEX letters_by_person ON letters (person_id, id);
CREATE INDEX letters_by_address ON letters (to_email, kind);
