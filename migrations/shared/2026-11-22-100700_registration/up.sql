-- Who comes, in which category and tracks, who sits where.

CREATE TABLE categories (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    description JSONB NOT NULL,
    position BIGINT NOT NULL,
    tag TEXT,
    places_max BIGINT,
    places_taken BIGINT NOT NULL,
    next_rank BIGINT NOT NULL,
    opens_on TEXT,
    closes_on TEXT,
    needs_review BOOLEAN NOT NULL,
    allows_sessions BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE registration_states (code TEXT PRIMARY KEY);
INSERT INTO registration_states (code)
VALUES ('draft'), ('applied'), ('waiting'), ('pending_review'), ('approved'), ('confirmed'), ('rejected'),
    ('cancelled'), ('expired');

-- One person at one congress. `email` is where letters about it go and may repeat: an assistant registers four people
-- from one address. `batch` joins those registered together.
CREATE TABLE registrations (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    person UUID NOT NULL REFERENCES persons (id),
    account UUID REFERENCES accounts (id),
    registered_by UUID REFERENCES accounts (id),
    batch UUID,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    for_whom TEXT NOT NULL CHECK (for_whom IN ('myself', 'someone_else', 'group')),
    category UUID REFERENCES categories (id),
    organisation UUID REFERENCES organisations (id),
    position_kind TEXT,
    position_title TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES registration_states (code),
    number TEXT,
    rank BIGINT,
    step BIGINT NOT NULL,
    name_sort BYTEA NOT NULL,
    search_key TEXT NOT NULL,
    decided_by UUID REFERENCES persons (id),
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    submitted_at TIMESTAMPTZ,
    decided_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX registrations_number ON registrations (edition, number) WHERE number IS NOT NULL;
CREATE INDEX registrations_of_edition ON registrations (edition, state, name_sort, id);
CREATE INDEX registrations_of_person ON registrations (person);
CREATE INDEX registrations_by_account ON registrations (registered_by);
CREATE INDEX registrations_of_account ON registrations (account);
CREATE INDEX registrations_of_organisation ON registrations (organisation);
CREATE INDEX registrations_of_category ON registrations (category, rank);

CREATE TABLE registration_numbers (
    edition UUID PRIMARY KEY REFERENCES editions (id),
    last BIGINT NOT NULL
);

CREATE TABLE track_admission_states (code TEXT PRIMARY KEY);
INSERT INTO track_admission_states (code)
VALUES ('requested'), ('admitted'), ('waiting'), ('refused'), ('withdrawn');

CREATE TABLE track_registrations (
    id UUID PRIMARY KEY,
    registration UUID NOT NULL REFERENCES registrations (id),
    track UUID NOT NULL REFERENCES tracks (id),
    state TEXT NOT NULL REFERENCES track_admission_states (code),
    why TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    reminded_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    UNIQUE (registration, track)
);
CREATE INDEX track_registrations_of_track ON track_registrations (track, state);

CREATE TABLE track_places (
    track UUID PRIMARY KEY REFERENCES tracks (id),
    taken BIGINT NOT NULL
);

-- Special care: its own store, with the consent it rests on, and gone after the congress (R181, R22).
CREATE TABLE needs (
    registration UUID PRIMARY KEY REFERENCES registrations (id),
    access TEXT NOT NULL,
    diet TEXT NOT NULL,
    interpretation JSONB NOT NULL,
    consented_at TIMESTAMPTZ NOT NULL,
    consent_words TEXT NOT NULL,
    erase_on TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX needs_to_erase ON needs (erase_on);

CREATE TABLE seat_states (code TEXT PRIMARY KEY);
INSERT INTO seat_states (code)
VALUES ('confirmed'), ('waiting'), ('offered'), ('released'), ('declined'), ('lapsed');

-- `taken` counts confirmed and offered seats, `waiting` those who wait: guarded updates of this row decide who gets in.
CREATE TABLE seat_counters (
    session UUID PRIMARY KEY REFERENCES sessions (id),
    taken BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    last_rank BIGINT NOT NULL
);

CREATE TABLE seats (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES sessions (id),
    registration UUID NOT NULL REFERENCES registrations (id),
    state TEXT NOT NULL REFERENCES seat_states (code),
    rank BIGINT,
    offered_until TIMESTAMPTZ,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (session, registration)
);
CREATE INDEX seats_in_line ON seats (session, state, rank);
CREATE INDEX seats_of_registration ON seats (registration);
CREATE INDEX seats_offered ON seats (state, offered_until);

CREATE TABLE agenda_entries (
    person UUID NOT NULL REFERENCES persons (id),
    session UUID NOT NULL REFERENCES sessions (id),
    added_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person, session)
);
CREATE INDEX agenda_entries_of_session ON agenda_entries (session);

-- Invitations to sessions that are entered by invitation only.
CREATE TABLE session_invitations (
    session UUID NOT NULL REFERENCES sessions (id),
    person UUID NOT NULL REFERENCES persons (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'invited', 'refused')),
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (session, person)
);
CREATE INDEX session_invitations_of_person ON session_invitations (person);
