-- The floor of a meeting: who asked for it, who has it and for how long, points of order, procedural motions.

CREATE TABLE floor_states (code TEXT PRIMARY KEY);
INSERT INTO floor_states (code) VALUES ('open'), ('paused'), ('closed');

CREATE TABLE speaking_orders (code TEXT PRIMARY KEY);
INSERT INTO speaking_orders (code) VALUES ('asked'), ('balanced');

CREATE TABLE speech_kinds (code TEXT PRIMARY KEY);
INSERT INTO speech_kinds (code)
VALUES
    ('point_of_order'), ('interposed'), ('for_motion'), ('against_motion'), ('right_of_reply'), ('statement');

CREATE TABLE speaker_request_states (code TEXT PRIMARY KEY);
INSERT INTO speaker_request_states (code)
VALUES
    ('requested'), ('queued'), ('called'), ('speaking'), ('paused'), ('done'), ('withdrawn'), ('removed');

CREATE TABLE speaker_request_removals (code TEXT PRIMARY KEY);
INSERT INTO speaker_request_removals (code) VALUES ('by_chair'), ('debate_closed'), ('motion_decided');

CREATE TABLE speaker_genders (code TEXT PRIMARY KEY);
INSERT INTO speaker_genders (code) VALUES ('woman'), ('man'), ('other');

CREATE TABLE procedural_motion_kinds (code TEXT PRIMARY KEY);
INSERT INTO procedural_motion_kinds (code)
VALUES
    ('suspend_meeting'), ('adjourn_meeting'), ('adjourn_debate'), ('close_debate'), ('division'), ('reconsideration');

CREATE TABLE procedural_motion_states (code TEXT PRIMARY KEY);
INSERT INTO procedural_motion_states (code)
VALUES ('moved'), ('carried'), ('lost'), ('withdrawn'), ('ruled_out'), ('fallen');

CREATE TABLE floor_findings (code TEXT PRIMARY KEY);
INSERT INTO floor_findings (code) VALUES ('well_taken'), ('not_well_taken'), ('noted'), ('out_of_order');

CREATE TABLE floor_ruling_states (code TEXT PRIMARY KEY);
INSERT INTO floor_ruling_states (code) VALUES ('given'), ('stands'), ('appealed'), ('upheld'), ('overruled');

-- `item` is what of the agenda is being discussed, an id of whoever owns the meeting. `limits` and `criteria` are settings.
-- `version` counts every act on the floor; requests, turns and motions take their numbers from it.
CREATE TABLE floors (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    session UUID NOT NULL REFERENCES sessions (id),
    item UUID,
    title JSONB NOT NULL,
    visible_to TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES floor_states (code),
    list_closed BOOLEAN NOT NULL,
    speaking_order TEXT NOT NULL REFERENCES speaking_orders (code),
    criteria JSONB NOT NULL,
    by_admission BOOLEAN NOT NULL,
    limits JSONB NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX floors_by_edition ON floors (edition);
CREATE INDEX floors_by_session ON floors (session, id);
CREATE UNIQUE INDEX floors_open_once ON floors (session) WHERE state <> 'closed';

-- `subject` is what a division or a reconsideration is about, an id of whoever owns the meeting. `speakers_for` and
-- `speakers_against` count the places taken to speak to it.
CREATE TABLE procedural_motions (
    id UUID PRIMARY KEY,
    floor UUID NOT NULL REFERENCES floors (id),
    kind TEXT NOT NULL REFERENCES procedural_motion_kinds (code),
    subject UUID,
    moved_by UUID NOT NULL REFERENCES persons (id),
    organisation UUID REFERENCES organisations (id),
    name TEXT NOT NULL,
    speaks_for TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES procedural_motion_states (code),
    seq BIGINT NOT NULL,
    speakers_for BIGINT NOT NULL,
    speakers_against BIGINT NOT NULL,
    votes_for BIGINT,
    votes_against BIGINT,
    abstentions BIGINT,
    moved_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX procedural_motions_by_floor ON procedural_motions (floor, seq);
CREATE INDEX procedural_motions_by_mover ON procedural_motions (moved_by);
CREATE INDEX procedural_motions_by_organisation ON procedural_motions (organisation);
CREATE UNIQUE INDEX procedural_motions_once ON procedural_motions (floor, kind) WHERE state = 'moved';

-- `seq` is when it was asked, `turn` when it was called, both by the floor's counter. `chair_place` is where the chair put
-- it, before those without one. `has_floor` is whose turn it is; who was interrupted is called or paused without it.
CREATE TABLE speaker_requests (
    id UUID PRIMARY KEY,
    floor UUID NOT NULL REFERENCES floors (id),
    person UUID NOT NULL REFERENCES persons (id),
    organisation UUID REFERENCES organisations (id),
    name TEXT NOT NULL,
    speaks_for TEXT NOT NULL,
    region TEXT,
    gender TEXT REFERENCES speaker_genders (code),
    kind TEXT NOT NULL REFERENCES speech_kinds (code),
    motion UUID REFERENCES procedural_motions (id),
    state TEXT NOT NULL REFERENCES speaker_request_states (code),
    seq BIGINT NOT NULL,
    turn BIGINT,
    chair_place BIGINT,
    place_reason TEXT NOT NULL,
    has_floor BOOLEAN NOT NULL,
    asked_by UUID REFERENCES persons (id),
    asked_at TIMESTAMPTZ NOT NULL,
    called_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    spoken_ms BIGINT NOT NULL,
    added_seconds BIGINT NOT NULL,
    removal TEXT REFERENCES speaker_request_removals (code),
    removal_reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (floor, seq)
);
CREATE INDEX speaker_requests_by_person ON speaker_requests (person);
CREATE INDEX speaker_requests_by_asker ON speaker_requests (asked_by);
CREATE INDEX speaker_requests_by_organisation ON speaker_requests (organisation);
CREATE INDEX speaker_requests_by_motion ON speaker_requests (motion);
CREATE UNIQUE INDEX speaker_requests_one_speaks ON speaker_requests (floor) WHERE has_floor;
CREATE UNIQUE INDEX speaker_requests_once ON speaker_requests (floor, person, kind)
WHERE state IN ('requested', 'queued', 'called', 'speaking', 'paused');
CREATE UNIQUE INDEX speaker_requests_once_to_a_motion ON speaker_requests (motion, person)
WHERE motion IS NOT NULL AND state NOT IN ('withdrawn', 'removed');

-- What the chair ruled on a point of order, or on a motion that is out of order; and what became of an appeal.
CREATE TABLE floor_rulings (
    id UUID PRIMARY KEY,
    floor UUID NOT NULL REFERENCES floors (id),
    request UUID UNIQUE REFERENCES speaker_requests (id),
    motion UUID REFERENCES procedural_motions (id),
    finding TEXT NOT NULL REFERENCES floor_findings (code),
    words TEXT NOT NULL,
    ruled_by UUID REFERENCES persons (id),
    ruled_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL REFERENCES floor_ruling_states (code),
    appealed_by UUID REFERENCES persons (id),
    appellant TEXT NOT NULL,
    appealed_at TIMESTAMPTZ,
    votes_for BIGINT,
    votes_against BIGINT,
    abstentions BIGINT,
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    CHECK ((request IS NULL) <> (motion IS NULL))
);
CREATE INDEX floor_rulings_by_floor ON floor_rulings (floor, id);
CREATE INDEX floor_rulings_by_motion ON floor_rulings (motion);
CREATE INDEX floor_rulings_by_chair ON floor_rulings (ruled_by);
CREATE INDEX floor_rulings_by_appellant ON floor_rulings (appealed_by);
CREATE UNIQUE INDEX floor_rulings_one_appeal ON floor_rulings (floor) WHERE state = 'appealed';
