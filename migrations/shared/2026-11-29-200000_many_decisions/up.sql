-- Many registrations decided as one act: who decided what, for which ones, and what became of each.

-- Why one of them was left as it was.
CREATE TABLE left_reasons (code TEXT PRIMARY KEY);
INSERT INTO left_reasons (code)
VALUES
    ('decided_already'), ('illegal_step'), ('unknown_category'), ('category_full'), ('changed_since'), ('not_shown');

-- `chosen` says how they were chosen: the filter, never the words somebody was looked for by.
CREATE TABLE many_decisions (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    decided_by UUID REFERENCES persons (id),
    decided_at TIMESTAMPTZ NOT NULL,
    accept BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    chosen JSONB NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL
);
CREATE INDEX many_decisions_by_edition ON many_decisions (edition, id);
CREATE INDEX many_decisions_by_person ON many_decisions (decided_by);

CREATE TABLE many_decision_outcomes (
    many_decision UUID NOT NULL REFERENCES many_decisions (id),
    registration UUID NOT NULL REFERENCES registrations (id),
    state_before TEXT NOT NULL REFERENCES registration_states (code),
    state_after TEXT NOT NULL REFERENCES registration_states (code),
    left_because TEXT REFERENCES left_reasons (code),
    PRIMARY KEY (many_decision, registration)
);
CREATE INDEX many_decision_outcomes_by_registration ON many_decision_outcomes (registration);
