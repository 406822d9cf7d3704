-- The World Assembly: convoked by the Global Taskforce with the consent of its networks, and what is put to it.

CREATE TABLE world_assembly_states (code TEXT PRIMARY KEY);
INSERT INTO world_assembly_states (code)
VALUES ('proposed'), ('awaiting_consent'), ('convoked'), ('open'), ('suspended'), ('closed'), ('published');

-- One for each session that is the World Assembly, made with it. `short_notice_reason` is why it was convoked later than
-- the notice asks for.
CREATE TABLE world_assemblies (
    session UUID PRIMARY KEY REFERENCES sessions (id),
    edition UUID NOT NULL REFERENCES editions (id),
    state TEXT NOT NULL REFERENCES world_assembly_states (code),
    convoked_at TIMESTAMPTZ,
    convoked_for TIMESTAMPTZ,
    short_notice_reason TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX world_assemblies_by_edition ON world_assemblies (edition);

-- Every step it took. Never changed.
CREATE TABLE world_assembly_steps (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES world_assemblies (session),
    from_state TEXT NOT NULL REFERENCES world_assembly_states (code),
    to_state TEXT NOT NULL REFERENCES world_assembly_states (code),
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    who UUID REFERENCES persons (id)
);
CREATE INDEX world_assembly_steps_by_session ON world_assembly_steps (session, id);
CREATE INDEX world_assembly_steps_by_person ON world_assembly_steps (who);

CREATE TABLE network_answers (code TEXT PRIMARY KEY);
INSERT INTO network_answers (code) VALUES ('agreed'), ('not_agreed');

-- What each network of the Task Force answered to the convocation. One that answered nothing has no row.
CREATE TABLE network_consents (
    session UUID NOT NULL REFERENCES world_assemblies (session),
    network UUID NOT NULL REFERENCES organisations (id),
    answer TEXT NOT NULL REFERENCES network_answers (code),
    note TEXT NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    answered_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    PRIMARY KEY (session, network)
);
CREATE INDEX network_consents_by_network ON network_consents (network);
CREATE INDEX network_consents_by_person ON network_consents (answered_by);

CREATE TABLE endorsement_states (code TEXT PRIMARY KEY);
INSERT INTO endorsement_states (code) VALUES ('pending_network'), ('endorsed'), ('refused'), ('withdrawn');

-- A participant for whom a network stands: they have the floor and a say in consensus.
CREATE TABLE endorsements (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    network UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    state TEXT NOT NULL REFERENCES endorsement_states (code),
    reason TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    answered_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL
);
CREATE INDEX endorsements_by_network ON endorsements (network, edition);
CREATE INDEX endorsements_by_person ON endorsements (person, edition);
CREATE INDEX endorsements_by_answerer ON endorsements (answered_by);
-- One network speaks for somebody, or is asked to.
CREATE UNIQUE INDEX endorsements_once ON endorsements (edition, person)
WHERE state = 'pending_network' OR state = 'endorsed';

-- What is put to it, in order: an outcome, or a topic with a title of its own.
CREATE TABLE world_assembly_items (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES world_assemblies (session),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('for_adoption', 'for_information')),
    outcome UUID REFERENCES outcomes (id),
    title JSONB NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX world_assembly_items_by_session ON world_assembly_items (session, position);
CREATE INDEX world_assembly_items_by_outcome ON world_assembly_items (outcome);
CREATE UNIQUE INDEX world_assembly_items_once ON world_assembly_items (session, outcome) WHERE outcome IS NOT NULL;

CREATE TABLE consensus_states (code TEXT PRIMARY KEY);
INSERT INTO consensus_states (code) VALUES ('asked'), ('agreed'), ('voted'), ('ended');

-- The chair asks whether anybody objects to an outcome. It is agreed on where no objection stands; it is voted on where
-- the edition's terms allow that; it ends without either where the outcome is returned or not adopted.
CREATE TABLE consensus_questions (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES world_assemblies (session),
    outcome UUID NOT NULL REFERENCES outcomes (id),
    state TEXT NOT NULL REFERENCES consensus_states (code),
    asked_at TIMESTAMPTZ NOT NULL,
    asked_by UUID REFERENCES persons (id),
    ended_at TIMESTAMPTZ,
    ended_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL
);
CREATE INDEX consensus_questions_by_session ON consensus_questions (session, id);
CREATE INDEX consensus_questions_by_outcome ON consensus_questions (outcome);
CREATE INDEX consensus_questions_by_asker ON consensus_questions (asked_by);
CREATE INDEX consensus_questions_by_ender ON consensus_questions (ended_by);
CREATE UNIQUE INDEX consensus_questions_once ON consensus_questions (outcome) WHERE state = 'asked';

-- Objections stay recorded, the one taken back too.
CREATE TABLE objections (
    id UUID PRIMARY KEY,
    question UUID NOT NULL REFERENCES consensus_questions (id),
    person UUID NOT NULL REFERENCES persons (id),
    network UUID REFERENCES organisations (id),
    reason TEXT NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX objections_by_question ON objections (question, id);
CREATE INDEX objections_by_person ON objections (person);
CREATE INDEX objections_by_network ON objections (network);
CREATE UNIQUE INDEX objections_once ON objections (question, person) WHERE withdrawn_at IS NULL;

-- A show of hands, counted by the chair, with the majority it needed then.
CREATE TABLE consensus_votes (
    question UUID PRIMARY KEY REFERENCES consensus_questions (id),
    votes_for BIGINT NOT NULL,
    votes_against BIGINT NOT NULL,
    abstentions BIGINT NOT NULL,
    majority_votes BIGINT NOT NULL,
    majority_of BIGINT NOT NULL,
    carried BOOLEAN NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL,
    counted_by UUID REFERENCES persons (id)
);
CREATE INDEX consensus_votes_by_counter ON consensus_votes (counted_by);
