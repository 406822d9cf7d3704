-- What the leads of a session ask to have changed in it, field by field, and until when they may ask.

-- No row: no last day, and nobody named to ask. `last_day` is by the congress's wall clock, and is the last one.
CREATE TABLE change_terms (
    edition UUID PRIMARY KEY REFERENCES editions (id),
    last_day TEXT,
    contact TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE session_change_states (code TEXT PRIMARY KEY);
INSERT INTO session_change_states (code)
VALUES ('waiting'), ('accepted'), ('partly_accepted'), ('refused'), ('withdrawn');

CREATE TABLE session_changes (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    session UUID NOT NULL REFERENCES sessions (id),
    person UUID NOT NULL REFERENCES persons (id),
    note TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES session_change_states (code),
    reason TEXT NOT NULL,
    decided_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ
);
-- One at a time from each lead of a session.
CREATE UNIQUE INDEX session_changes_waiting ON session_changes (session, person) WHERE state = 'waiting';
CREATE INDEX session_changes_by_edition ON session_changes (edition, created_at, id);
CREATE INDEX session_changes_by_session ON session_changes (session);
CREATE INDEX session_changes_by_person ON session_changes (person);

CREATE TABLE session_change_outcomes (code TEXT PRIMARY KEY);
INSERT INTO session_change_outcomes (code) VALUES ('waiting'), ('accepted'), ('refused'), ('stale');

-- `field` is a path of the session's form: `title.fr`, `access`. What it said when the change was asked for, and is to say.
CREATE TABLE session_change_fields (
    change UUID NOT NULL REFERENCES session_changes (id),
    field TEXT NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    outcome TEXT NOT NULL REFERENCES session_change_outcomes (code),
    PRIMARY KEY (change, field)
);
