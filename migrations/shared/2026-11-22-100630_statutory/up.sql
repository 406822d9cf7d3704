-- The statutory track: bodies and who sits in them, their meetings, agendas and papers, and who took a paper away.

CREATE TABLE body_kinds (code TEXT PRIMARY KEY);
INSERT INTO body_kinds (code)
VALUES ('general_assembly'), ('world_council'), ('executive_bureau'), ('presidency'), ('committee'), ('other');

-- `appointed_by` is the body that names who sits in this one; who sits in the General Assembly is computed from
-- memberships and never listed. `seats` is how many may sit at a time, `notice_months` how long before a meeting its
-- agenda goes out.
CREATE TABLE bodies (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name JSONB NOT NULL,
    kind TEXT NOT NULL REFERENCES body_kinds (code),
    seats BIGINT,
    appointed_by UUID REFERENCES bodies (id),
    notice_months BIGINT NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX bodies_by_appointer ON bodies (appointed_by);

CREATE TABLE body_seat_states (code TEXT PRIMARY KEY);
INSERT INTO body_seat_states (code) VALUES ('named'), ('ended');

-- Who sits in a body, from when to when, on what ground. Each row goes with a standing of the person over the body.
CREATE TABLE body_seats (
    id UUID PRIMARY KEY,
    body UUID NOT NULL REFERENCES bodies (id),
    person UUID NOT NULL REFERENCES persons (id),
    organisation UUID REFERENCES organisations (id),
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    appointed_by UUID REFERENCES bodies (id),
    basis TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES body_seat_states (code),
    named_by UUID REFERENCES persons (id),
    named_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX body_seats_by_body ON body_seats (body, from_at);
CREATE INDEX body_seats_by_person ON body_seats (person);
CREATE INDEX body_seats_by_organisation ON body_seats (organisation);
CREATE UNIQUE INDEX body_seats_once ON body_seats (body, person) WHERE to_at IS NULL;

-- A meeting is a session of the programme with three doors. `known_to` and `papers_to` are the keys the doors make: who
-- may know more than the line, and who reads agenda and papers.
CREATE TABLE meetings (
    id UUID PRIMARY KEY,
    session UUID NOT NULL UNIQUE REFERENCES sessions (id),
    edition UUID NOT NULL REFERENCES editions (id),
    body UUID NOT NULL REFERENCES bodies (id),
    line TEXT NOT NULL CHECK (line IN ('public', 'hidden')),
    room TEXT NOT NULL CHECK (room IN ('room', 'room_observed')),
    papers TEXT NOT NULL CHECK (papers IN ('papers', 'papers_members')),
    known_to TEXT NOT NULL,
    papers_to TEXT NOT NULL,
    agenda_published_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX meetings_by_edition ON meetings (edition);
CREATE INDEX meetings_by_body ON meetings (body);

CREATE TABLE agenda_item_kinds (code TEXT PRIMARY KEY);
INSERT INTO agenda_item_kinds (code)
VALUES ('for_adoption'), ('for_information'), ('for_decision'), ('for_election');

-- `number` is what people quote; `position` is the order it is taken in. Both change without the item changing (R133).
CREATE TABLE agenda_items (
    id UUID PRIMARY KEY,
    meeting UUID NOT NULL REFERENCES meetings (id),
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    kind TEXT NOT NULL REFERENCES agenda_item_kinds (code),
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (meeting, number)
);
CREATE INDEX agenda_items_by_meeting ON agenda_items (meeting, position);

-- A paper in one language. `visible_to` is the key its audience makes; from `public_from` on anybody may read it.
CREATE TABLE meeting_documents (
    id UUID PRIMARY KEY,
    meeting UUID NOT NULL REFERENCES meetings (id),
    item UUID REFERENCES agenda_items (id),
    title JSONB NOT NULL,
    language TEXT NOT NULL,
    file UUID NOT NULL REFERENCES files (id),
    audience TEXT NOT NULL CHECK (audience IN ('papers', 'roster')),
    visible_to TEXT NOT NULL,
    public_from TIMESTAMPTZ,
    uploaded_by UUID REFERENCES persons (id),
    uploaded_at TIMESTAMPTZ NOT NULL,
    replaced_by UUID REFERENCES meeting_documents (id),
    version BIGINT NOT NULL
);
CREATE INDEX meeting_documents_by_meeting ON meeting_documents (meeting, uploaded_at);
CREATE INDEX meeting_documents_by_item ON meeting_documents (item);
CREATE INDEX meeting_documents_by_file ON meeting_documents (file);
CREATE INDEX meeting_documents_by_embargo ON meeting_documents (public_from);

-- Who took which paper away, and when; nobody's name when it was public by then and nobody was signed in.
CREATE TABLE document_downloads (
    id UUID PRIMARY KEY,
    document UUID NOT NULL REFERENCES meeting_documents (id),
    person UUID REFERENCES persons (id),
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX document_downloads_by_document ON document_downloads (document, at);
CREATE INDEX document_downloads_by_person ON document_downloads (person);

-- When somebody last looked at a meeting, so that what came since can be told.
CREATE TABLE meeting_visits (
    person UUID NOT NULL REFERENCES persons (id),
    meeting UUID NOT NULL REFERENCES meetings (id),
    last_seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person, meeting)
);
CREATE INDEX meeting_visits_by_meeting ON meeting_visits (meeting);
