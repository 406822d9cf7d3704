-- Position papers of the Assembly and policy papers of Town Hall: one noun, whose text is in `texts`.

CREATE TABLE paper_tracks (code TEXT PRIMARY KEY);
INSERT INTO paper_tracks (code) VALUES ('assembly'), ('town_hall');

CREATE TABLE paper_states (code TEXT PRIMARY KEY);
INSERT INTO paper_states (code)
VALUES ('invited'), ('declined'), ('drafting'), ('submitted'), ('screened'), ('returned'), ('published'), ('open_comment'),
    ('presented'), ('discussed'), ('debated'), ('consolidated'), ('final'), ('result_recorded'), ('transmitted'),
    ('withdrawn'), ('superseded');

CREATE TABLE paper_team_roles (code TEXT PRIMARY KEY);
INSERT INTO paper_team_roles (code) VALUES ('drafter'), ('translator');

CREATE TABLE paper_step_kinds (code TEXT PRIMARY KEY);
INSERT INTO paper_step_kinds (code)
VALUES ('begun'), ('went'), ('deadline_set'), ('revoked'), ('published'), ('comments_opened');

-- The last number given in an edition under what its codes begin with. It goes up by a guarded update alone.
CREATE TABLE paper_counters (
    edition UUID NOT NULL REFERENCES editions (id),
    stem TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (edition, stem)
);

-- `is_revoked`: the invitation was taken back; the paper stays, nobody edits it. `published_version` is the sealed version
-- that its readers read, while the working copy goes on.
CREATE TABLE papers (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    track TEXT NOT NULL REFERENCES paper_tracks (code),
    code TEXT NOT NULL,
    owner UUID NOT NULL REFERENCES organisations (id),
    theme UUID REFERENCES themes (id),
    text UUID NOT NULL UNIQUE REFERENCES texts (id),
    state TEXT NOT NULL REFERENCES paper_states (code),
    deadline TIMESTAMPTZ,
    deadline_reason TEXT NOT NULL,
    is_revoked BOOLEAN NOT NULL,
    published_version BIGINT,
    published_at TIMESTAMPTZ,
    comments_from TIMESTAMPTZ,
    comments_to TIMESTAMPTZ,
    priorities JSONB NOT NULL,
    supersedes UUID UNIQUE REFERENCES papers (id),
    visible_to TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID REFERENCES persons (id),
    UNIQUE (edition, code)
);
CREATE INDEX papers_by_edition ON papers (edition, id);
CREATE INDEX papers_by_owner ON papers (owner, id);
CREATE INDEX papers_by_theme ON papers (theme, id);
CREATE INDEX papers_by_creator ON papers (created_by);
-- A theme has one current paper (R90).
CREATE UNIQUE INDEX papers_current_of_theme ON papers (theme)
WHERE track = 'town_hall' AND state NOT IN ('declined', 'withdrawn', 'superseded');

-- Who writes at a paper or translates it, past ones too. What it lets them do is their standing over the paper.
CREATE TABLE paper_team (
    id UUID PRIMARY KEY,
    paper UUID NOT NULL REFERENCES papers (id),
    person UUID NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL REFERENCES paper_team_roles (code),
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    named_by UUID REFERENCES persons (id)
);
CREATE INDEX paper_team_by_paper ON paper_team (paper, id);
CREATE INDEX paper_team_by_person ON paper_team (person);
CREATE INDEX paper_team_by_namer ON paper_team (named_by);
CREATE UNIQUE INDEX paper_team_now ON paper_team (paper, person, role) WHERE to_at IS NULL;

-- What became of a paper, in order. Appended to and never changed. `text_version` is the version that was sealed then,
-- `visible_to` whom it was published to.
CREATE TABLE paper_steps (
    id UUID PRIMARY KEY,
    paper UUID NOT NULL REFERENCES papers (id),
    what TEXT NOT NULL REFERENCES paper_step_kinds (code),
    from_state TEXT REFERENCES paper_states (code),
    to_state TEXT NOT NULL REFERENCES paper_states (code),
    text_version BIGINT,
    visible_to TEXT,
    reason TEXT NOT NULL,
    done_at TIMESTAMPTZ NOT NULL,
    done_by UUID REFERENCES persons (id)
);
CREATE INDEX paper_steps_by_paper ON paper_steps (paper, id);
CREATE INDEX paper_steps_by_person ON paper_steps (done_by);
