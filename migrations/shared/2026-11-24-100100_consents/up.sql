-- The ledger of consents.

CREATE TABLE consent_purposes (code TEXT PRIMARY KEY);
INSERT INTO consent_purposes (code) VALUES ('needs');

-- Who agreed to what, by which words, on which form, and when they took it back. `about` is a thing of theirs: for needs
-- the registration.
CREATE TABLE consents (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES persons (id),
    purpose TEXT NOT NULL REFERENCES consent_purposes (code),
    about UUID NOT NULL,
    words TEXT NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    given_through TEXT NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    withdrawn_through TEXT
);
CREATE INDEX consents_by_person ON consents (person, given_at);
CREATE UNIQUE INDEX consents_once ON consents (purpose, about) WHERE withdrawn_at IS NULL;

-- Those given before there was a ledger.
INSERT INTO consents (id, person, purpose, about, words, given_at, given_through, withdrawn_at, withdrawn_through)
SELECT n.registration, r.person, 'needs', n.registration, n.consent_words, n.consented_at, 'registration', NULL, NULL
FROM needs n JOIN registrations r ON r.id = n.registration;
