-- What a Town Hall theme keeps: its number, its paper, its page, who reviews it, with whom it talks, and what came of it.

-- For how many months an edition's papers are open to comment before the congress.
CREATE TABLE town_hall_terms (
    edition UUID PRIMARY KEY REFERENCES editions (id),
    consultation_months BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- `number` is the theme's for ever: what comes of it bears it. The comments are those on its paper, as they are planned.
CREATE TABLE theme_spaces (
    theme UUID PRIMARY KEY REFERENCES themes (id),
    edition UUID NOT NULL REFERENCES editions (id),
    number BIGINT NOT NULL,
    introduction JSONB NOT NULL,
    links JSONB NOT NULL,
    comments_from TIMESTAMPTZ,
    comments_to TIMESTAMPTZ,
    version BIGINT NOT NULL,
    UNIQUE (edition, number)
);

CREATE TABLE caucuses (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    name JSONB NOT NULL,
    questions JSONB NOT NULL,
    position BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE caucus_members (
    id UUID PRIMARY KEY,
    caucus UUID NOT NULL REFERENCES caucuses (id),
    person UUID NOT NULL REFERENCES persons (id),
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    named_by UUID REFERENCES persons (id)
);
CREATE INDEX caucus_members_by_caucus ON caucus_members (caucus, id);
CREATE INDEX caucus_members_by_person ON caucus_members (person);
CREATE INDEX caucus_members_by_namer ON caucus_members (named_by);
CREATE UNIQUE INDEX caucus_members_once ON caucus_members (caucus, person) WHERE to_at IS NULL;

CREATE TABLE caucus_review_states (code TEXT PRIMARY KEY);
INSERT INTO caucus_review_states (code) VALUES ('asked'), ('answered');

-- `questions` are as they were when the review was asked for, `text_version` the version of the paper that was out then.
CREATE TABLE caucus_reviews (
    id UUID PRIMARY KEY,
    caucus UUID NOT NULL REFERENCES caucuses (id),
    paper UUID NOT NULL REFERENCES papers (id),
    state TEXT NOT NULL REFERENCES caucus_review_states (code),
    text_version BIGINT NOT NULL,
    questions JSONB NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    asked_by UUID REFERENCES persons (id),
    deadline TIMESTAMPTZ NOT NULL,
    answers JSONB NOT NULL,
    language TEXT NOT NULL,
    remarks TEXT NOT NULL,
    answered_at TIMESTAMPTZ,
    answered_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    UNIQUE (paper, caucus)
);
CREATE INDEX caucus_reviews_by_caucus ON caucus_reviews (caucus, id);
CREATE INDEX caucus_reviews_by_asker ON caucus_reviews (asked_by);
CREATE INDEX caucus_reviews_by_answerer ON caucus_reviews (answered_by);

-- A policy council that a theme talks with, and the session in which it does.
CREATE TABLE theme_pairings (
    id UUID PRIMARY KEY,
    theme UUID NOT NULL REFERENCES themes (id),
    council JSONB NOT NULL,
    council_key TEXT NOT NULL,
    session UUID REFERENCES sessions (id),
    made_at TIMESTAMPTZ NOT NULL,
    made_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    UNIQUE (theme, council_key)
);
CREATE INDEX theme_pairings_by_session ON theme_pairings (session);
CREATE INDEX theme_pairings_by_maker ON theme_pairings (made_by);

CREATE TABLE deliberation_states (code TEXT PRIMARY KEY);
INSERT INTO deliberation_states (code) VALUES ('recorded'), ('closed');

-- What came of a session. Once it is closed it is the World Assembly's, by one transmission, and stays as it is.
CREATE TABLE deliberations (
    session UUID PRIMARY KEY REFERENCES sessions (id),
    edition UUID NOT NULL REFERENCES editions (id),
    theme UUID NOT NULL REFERENCES themes (id),
    paper UUID REFERENCES papers (id),
    state TEXT NOT NULL REFERENCES deliberation_states (code),
    result JSONB NOT NULL,
    recommendations JSONB NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID REFERENCES persons (id),
    closed_at TIMESTAMPTZ,
    closed_by UUID REFERENCES persons (id),
    transmission UUID UNIQUE REFERENCES transmissions (id),
    version BIGINT NOT NULL
);
CREATE INDEX deliberations_by_theme ON deliberations (theme, state);
CREATE INDEX deliberations_by_paper ON deliberations (paper);
CREATE INDEX deliberations_by_recorder ON deliberations (recorded_by);
CREATE INDEX deliberations_by_closer ON deliberations (closed_by);
