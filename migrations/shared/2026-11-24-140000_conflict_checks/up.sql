-- What the checks of a draft go by besides the draft: how grave an edition holds each to be, how long the way between its
-- venues takes, when people are there; and a kind of session that only keeps a room.

CREATE TABLE severities (code TEXT PRIMARY KEY);
INSERT INTO severities (code) VALUES ('block_move'), ('block_release'), ('warning'), ('ignore');

-- A check that has no row is as grave as usual.
CREATE TABLE conflict_severities (
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    severity TEXT NOT NULL REFERENCES severities (code),
    PRIMARY KEY (edition, code)
);

-- In both directions; each pair once, the smaller id first.
CREATE TABLE travel_times (
    one UUID NOT NULL REFERENCES venues (id),
    other UUID NOT NULL REFERENCES venues (id),
    edition UUID NOT NULL REFERENCES editions (id),
    minutes BIGINT NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX travel_times_by_edition ON travel_times (edition);
CREATE INDEX travel_times_by_other ON travel_times (other);

-- When somebody is at the congress; who has no row is there throughout.
CREATE TABLE presences (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    person UUID NOT NULL REFERENCES persons (id),
    starts_local TEXT NOT NULL,
    ends_local TEXT NOT NULL
);
CREATE INDEX presences_by_edition ON presences (edition, person);
CREATE INDEX presences_by_person ON presences (person);

INSERT INTO session_kinds (code) VALUES ('blocker');
