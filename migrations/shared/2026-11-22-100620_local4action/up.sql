-- Calls for sessions of one format. A call by invitation has a reason and no dates: it takes no proposals, and the desk
-- names it where it plans a session that came through no call. How far a call is follows from its dates.

CREATE TABLE calls (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    format UUID NOT NULL REFERENCES formats (id),
    title JSONB NOT NULL,
    by_invitation BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    opens_at TIMESTAMPTZ,
    closes_at TIMESTAMPTZ,
    made_by UUID REFERENCES persons (id),
    made_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX calls_by_edition ON calls (edition, opens_at);
CREATE INDEX calls_by_format ON calls (format);
