-- The programme of a congress: editions, their places and tracks, the sessions, and what was released of them.

CREATE TABLE edition_states (code TEXT PRIMARY KEY);
INSERT INTO edition_states (code)
VALUES ('draft'), ('announced'), ('open'), ('running'), ('closed'), ('archived'), ('cancelled');

-- `draft` counts every change of the programme: whoever changes it takes this row first, so that changes stand in line
-- and a release sees all of a change or nothing of it. `live_release` is the number of the release in force, 0 for none.
CREATE TABLE editions (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title JSONB NOT NULL,
    motto JSONB NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    languages JSONB NOT NULL,
    state TEXT NOT NULL REFERENCES edition_states (code),
    mandate_years BIGINT NOT NULL,
    draft BIGINT NOT NULL,
    live_release BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX editions_by_day ON editions (starts_on, id);

CREATE TABLE venues (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    name JSONB NOT NULL,
    name_key TEXT NOT NULL,
    address TEXT NOT NULL,
    directions JSONB NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, name_key)
);

-- What is not known about access is 'unknown', never 'yes'.
CREATE TABLE rooms (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    venue UUID REFERENCES venues (id),
    name JSONB NOT NULL,
    name_key TEXT NOT NULL,
    position BIGINT NOT NULL,
    capacity BIGINT,
    floor TEXT NOT NULL,
    directions JSONB NOT NULL,
    step_free TEXT NOT NULL CHECK (step_free IN ('yes', 'no', 'unknown')),
    hearing_loop TEXT NOT NULL CHECK (hearing_loop IN ('yes', 'no', 'unknown')),
    captions TEXT NOT NULL CHECK (captions IN ('yes', 'no', 'unknown')),
    sign_language TEXT NOT NULL CHECK (sign_language IN ('yes', 'no', 'unknown')),
    quiet TEXT NOT NULL CHECK (quiet IN ('yes', 'no', 'unknown')),
    equipment JSONB NOT NULL,
    turnaround_minutes BIGINT NOT NULL,
    hours JSONB NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, name_key)
);
CREATE INDEX rooms_by_venue ON rooms (venue);

CREATE TABLE track_kinds (code TEXT PRIMARY KEY);
INSERT INTO track_kinds (code)
VALUES ('assembly'), ('town_hall'), ('local4action'), ('statutory'), ('custom');

CREATE TABLE tracks (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES track_kinds (code),
    title JSONB NOT NULL,
    subtitle JSONB NOT NULL,
    description JSONB NOT NULL,
    position BIGINT NOT NULL,
    places_max BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE format_states (code TEXT PRIMARY KEY);
INSERT INTO format_states (code) VALUES ('active'), ('empty'), ('retired');

CREATE TABLE formats (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    tagline JSONB NOT NULL,
    position BIGINT NOT NULL,
    state TEXT NOT NULL REFERENCES format_states (code),
    terms JSONB NOT NULL,
    rule_version BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

-- The terms a format had under each of its numbers: a session keeps those it was created under.
CREATE TABLE format_terms (
    format UUID NOT NULL REFERENCES formats (id),
    rule_version BIGINT NOT NULL,
    terms JSONB NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (format, rule_version)
);

CREATE TABLE domains (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    position BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE themes (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    question JSONB NOT NULL,
    position BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE session_kinds (code TEXT PRIMARY KEY);
INSERT INTO session_kinds (code)
VALUES ('sitting'), ('world_assembly'), ('town_hall'), ('local4action'), ('statutory'), ('plenary'), ('special'),
    ('parallel'), ('hub'), ('ceremony'), ('break');

CREATE TABLE session_states (code TEXT PRIMARY KEY);
INSERT INTO session_states (code)
VALUES ('proposed'), ('scheduled'), ('published'), ('moved'), ('live'), ('held'), ('reported'), ('cancelled');

-- The draft. What everybody sees is the content of the release in force. `visible_to` is who may read the row besides
-- the `desk` that looks after it; `body` is a statutory body, whose table comes with a later slice.
CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    guid TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES session_kinds (code),
    track UUID REFERENCES tracks (id),
    format UUID REFERENCES formats (id),
    domain UUID REFERENCES domains (id),
    theme UUID REFERENCES themes (id),
    body UUID,
    title JSONB NOT NULL,
    title_key TEXT NOT NULL,
    abstract_text JSONB NOT NULL,
    entry TEXT NOT NULL CHECK (entry IN ('walk_in', 'seat', 'invitation')),
    attendance TEXT NOT NULL CHECK (attendance IN ('in_person', 'online', 'mixed')),
    capacity BIGINT,
    languages JSONB NOT NULL,
    details JSONB NOT NULL,
    length_minutes BIGINT NOT NULL,
    room UUID REFERENCES rooms (id),
    starts_local TEXT,
    ends_local TEXT,
    starts_at TIMESTAMPTZ,
    ends_at TIMESTAMPTZ,
    state TEXT NOT NULL REFERENCES session_states (code),
    visible_to TEXT NOT NULL,
    desk TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (edition, guid),
    UNIQUE (edition, code)
);
CREATE INDEX sessions_by_start ON sessions (edition, starts_at, id);
CREATE INDEX sessions_by_local_start ON sessions (edition, starts_local, id);
CREATE INDEX sessions_by_room ON sessions (room, starts_at);
CREATE INDEX sessions_by_track ON sessions (track, starts_at);
CREATE INDEX sessions_by_format ON sessions (format);
CREATE INDEX sessions_by_domain ON sessions (domain);
CREATE INDEX sessions_by_theme ON sessions (theme);
CREATE INDEX sessions_by_body ON sessions (body, starts_at);
CREATE INDEX sessions_by_state ON sessions (edition, state, starts_at);

CREATE TABLE session_organisers (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES sessions (id),
    organisation UUID REFERENCES organisations (id),
    name TEXT NOT NULL,
    leads BOOLEAN NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX session_organisers_by_session ON session_organisers (session, position);
CREATE INDEX session_organisers_by_organisation ON session_organisers (organisation);

CREATE TABLE speaker_roles (code TEXT PRIMARY KEY);
INSERT INTO speaker_roles (code)
VALUES ('chair'), ('moderator'), ('speaker'), ('presenter'), ('respondent'), ('rapporteur'), ('lead');

CREATE TABLE session_speakers (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES sessions (id),
    person UUID REFERENCES persons (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL REFERENCES speaker_roles (code),
    affiliation TEXT NOT NULL,
    organisation UUID REFERENCES organisations (id),
    high_level BOOLEAN NOT NULL,
    elected BOOLEAN NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX session_speakers_by_session ON session_speakers (session, position);
CREATE INDEX session_speakers_by_person ON session_speakers (person);

-- Who may propose, attend, speak, vote: every version that ever held, the one in force without an end.
CREATE TABLE rules (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    scope TEXT NOT NULL CHECK (scope IN ('general', 'track', 'kind', 'body', 'format', 'session', 'door')),
    scope_ref TEXT NOT NULL,
    act TEXT NOT NULL,
    rule JSONB NOT NULL,
    reading TEXT NOT NULL,
    version BIGINT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    until TIMESTAMPTZ,
    set_by UUID REFERENCES persons (id),
    UNIQUE (edition, scope, scope_ref, act, version)
);
CREATE UNIQUE INDEX rules_in_force ON rules (edition, scope, scope_ref, act) WHERE until IS NULL;

CREATE TABLE waivers (
    edition UUID NOT NULL REFERENCES editions (id),
    conflict TEXT NOT NULL,
    reason TEXT NOT NULL,
    waived_by UUID REFERENCES persons (id),
    waived_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (edition, conflict)
);

-- `content` is what everybody outside reads; `placed` is the same as far as clashes are concerned, for the next release.
CREATE TABLE releases (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    content JSONB NOT NULL,
    placed JSONB NOT NULL,
    changes JSONB NOT NULL,
    released_by UUID REFERENCES persons (id),
    released_at TIMESTAMPTZ NOT NULL,
    UNIQUE (edition, number)
);

CREATE TABLE calendar_tokens (
    edition UUID NOT NULL REFERENCES editions (id),
    person UUID NOT NULL REFERENCES persons (id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (edition, person)
);
CREATE INDEX calendar_tokens_by_person ON calendar_tokens (person);
