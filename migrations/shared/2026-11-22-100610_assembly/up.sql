-- What a sitting of the Assembly track may be about: a group of regions of the world, or a sector. An edition without
-- rows has those the program begins with.

CREATE TABLE sitting_scopes (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    kind TEXT NOT NULL CHECK (kind IN ('continental', 'sectoral')),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    sections JSONB NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, kind, code)
);
