-- Amendments to sealed versions of texts, and the division of a version into parts that are put one by one.

CREATE TABLE text_amendment_states (code TEXT PRIMARY KEY);
INSERT INTO text_amendment_states (code)
VALUES ('drafted'), ('seconded'), ('admissible'), ('inadmissible'), ('ordered'), ('put'), ('adopted'), ('rejected'), ('fallen'),
    ('withdrawn');

CREATE TABLE text_amendment_clashes (code TEXT PRIMARY KEY);
INSERT INTO text_amendment_clashes (code)
VALUES ('identical'), ('same_block'), ('target_gone'), ('note_gone'), ('parent_gone');

CREATE TABLE text_amendment_advices (code TEXT PRIMARY KEY);
INSERT INTO text_amendment_advices (code) VALUES ('adopt'), ('reject'), ('modify');

CREATE TABLE text_division_states (code TEXT PRIMARY KEY);
INSERT INTO text_division_states (code) VALUES ('parts'), ('whole'), ('adopted'), ('rejected');

CREATE TABLE text_division_part_states (code TEXT PRIMARY KEY);
INSERT INTO text_division_part_states (code) VALUES ('waiting'), ('put'), ('adopted'), ('rejected');

-- What a text asks of its amendments. The row is what those who file, second, order and put stand in line for;
-- `last_number` is the number of the last amendment filed.
CREATE TABLE text_amendment_terms (
    text UUID PRIMARY KEY REFERENCES texts (id),
    seconders_least BIGINT NOT NULL,
    circulation_hours BIGINT NOT NULL,
    languages JSONB NOT NULL,
    last_number BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- `filing` is the first of those that were filed together, `parent` the one it amends, `block` the one of the version it
-- is anchored to (none at the start, and where it amends another), `place` its place in the chair's order, `fell_from`
-- the state it was in when it fell because of `fallen_for`.
CREATE TABLE text_amendments (
    id UUID PRIMARY KEY,
    text UUID NOT NULL REFERENCES texts (id),
    text_version UUID NOT NULL REFERENCES text_versions (id),
    number BIGINT NOT NULL,
    filing UUID NOT NULL REFERENCES text_amendments (id),
    parent UUID REFERENCES text_amendments (id),
    block UUID REFERENCES text_blocks (id),
    proposed JSONB NOT NULL,
    hash TEXT NOT NULL,
    author UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    language TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES text_amendment_states (code),
    filed_at TIMESTAMPTZ NOT NULL,
    circulated_at TIMESTAMPTZ,
    circulation_waived TEXT,
    admissibility_reason TEXT,
    place BIGINT,
    put_at TIMESTAMPTZ,
    decided_at TIMESTAMPTZ,
    decision_note TEXT,
    fallen_for UUID REFERENCES text_amendments (id),
    fall_reason TEXT REFERENCES text_amendment_clashes (code),
    fell_from TEXT REFERENCES text_amendment_states (code),
    taken_up_from UUID UNIQUE REFERENCES text_amendments (id),
    applied_at TIMESTAMPTZ,
    version BIGINT NOT NULL,
    UNIQUE (text, number),
    UNIQUE (text_version, place)
);
CREATE UNIQUE INDEX text_amendments_one_put ON text_amendments (text) WHERE state = 'put';
CREATE INDEX text_amendments_by_version ON text_amendments (text_version, number);
CREATE INDEX text_amendments_by_filing ON text_amendments (filing);
CREATE INDEX text_amendments_by_parent ON text_amendments (parent);
CREATE INDEX text_amendments_by_block ON text_amendments (block);
CREATE INDEX text_amendments_by_author ON text_amendments (author);
CREATE INDEX text_amendments_by_organisation ON text_amendments (organisation);
CREATE INDEX text_amendments_by_fall ON text_amendments (fallen_for);

-- An organisation seconds an amendment once.
CREATE TABLE text_amendment_seconders (
    amendment UUID NOT NULL REFERENCES text_amendments (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    seconded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (amendment, organisation),
    UNIQUE (amendment, person)
);
CREATE INDEX text_amendment_seconders_by_person ON text_amendment_seconders (person);
CREATE INDEX text_amendment_seconders_by_organisation ON text_amendment_seconders (organisation);

-- What an amendment proposes, said in another language. `of_hash` is of what it proposed then.
CREATE TABLE text_amendment_translations (
    amendment UUID NOT NULL REFERENCES text_amendments (id),
    language TEXT NOT NULL,
    of_hash TEXT NOT NULL,
    said JSONB NOT NULL,
    translated_by UUID REFERENCES persons (id),
    translated_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (amendment, language)
);
CREATE INDEX text_amendment_translations_by_person ON text_amendment_translations (translated_by);

-- What the drafting committee recommends.
CREATE TABLE text_amendment_advice (
    amendment UUID PRIMARY KEY REFERENCES text_amendments (id),
    advice TEXT NOT NULL REFERENCES text_amendment_advices (code),
    note TEXT NOT NULL,
    advised_by UUID REFERENCES persons (id),
    advised_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX text_amendment_advice_by_person ON text_amendment_advice (advised_by);

-- A version is divided once.
CREATE TABLE text_divisions (
    id UUID PRIMARY KEY,
    text UUID NOT NULL REFERENCES texts (id),
    text_version UUID NOT NULL UNIQUE REFERENCES text_versions (id),
    state TEXT NOT NULL REFERENCES text_division_states (code),
    asked_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    decision_note TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX text_divisions_by_text ON text_divisions (text);

CREATE TABLE text_division_parts (
    division UUID NOT NULL REFERENCES text_divisions (id),
    number BIGINT NOT NULL,
    blocks JSONB NOT NULL,
    is_operative BOOLEAN NOT NULL,
    state TEXT NOT NULL REFERENCES text_division_part_states (code),
    decided_at TIMESTAMPTZ,
    decision_note TEXT NOT NULL,
    PRIMARY KEY (division, number)
);
