-- Letters of organisers to many: written, looked at with whom they would go to, and sent once.

CREATE TABLE circular_states (code TEXT PRIMARY KEY);
INSERT INTO circular_states (code) VALUES ('draft'), ('sent');

-- What a letter to many is for; for some one has to have agreed.
CREATE TABLE circular_purposes (code TEXT PRIMARY KEY);
INSERT INTO circular_purposes (code) VALUES ('service'), ('news');

INSERT INTO consent_purposes (code) VALUES ('news');

-- `segment` says whom it goes to; once it left, without the words somebody was looked for by. `left_out` says how many
-- were not written to, by reason.
CREATE TABLE circulars (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    purpose TEXT NOT NULL REFERENCES circular_purposes (code),
    subject JSONB NOT NULL,
    body JSONB NOT NULL,
    segment JSONB NOT NULL,
    state TEXT NOT NULL REFERENCES circular_states (code),
    version BIGINT NOT NULL,
    written_by UUID REFERENCES persons (id),
    created_at TIMESTAMPTZ NOT NULL,
    sent_by UUID REFERENCES persons (id),
    sent_at TIMESTAMPTZ,
    letters BIGINT NOT NULL,
    left_out JSONB NOT NULL
);
CREATE INDEX circulars_by_edition ON circulars (edition, id);
CREATE INDEX circulars_by_writer ON circulars (written_by);
CREATE INDEX circulars_by_sender ON circulars (sent_by);
