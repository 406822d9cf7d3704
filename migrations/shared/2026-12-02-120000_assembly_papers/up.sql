-- Position papers on their way through the Assembly track: who was invited to write one, in which sittings it is
-- presented, and what came of it there.

-- What an edition's Assembly and World Assembly go by. An edition without a row, or with one of version 0, goes by what
-- the program begins with. Whoever closes a sitting or the World Assembly takes the row: they stand in line.
CREATE TABLE assembly_terms (
    edition UUID PRIMARY KEY REFERENCES editions (id),
    deadline_days BIGINT NOT NULL,
    notice_months BIGINT NOT NULL,
    fallback_vote BOOLEAN NOT NULL,
    majority_votes BIGINT NOT NULL,
    majority_of BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE paper_invitation_states (code TEXT PRIMARY KEY);
INSERT INTO paper_invitation_states (code) VALUES ('open'), ('accepted'), ('declined'), ('revoked');

-- A paper that an organisation filed by a rule that asks for no invitation has none.
CREATE TABLE paper_invitations (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    paper UUID NOT NULL UNIQUE REFERENCES papers (id),
    state TEXT NOT NULL REFERENCES paper_invitation_states (code),
    message TEXT NOT NULL,
    invited_at TIMESTAMPTZ NOT NULL,
    invited_by UUID REFERENCES persons (id),
    answer TEXT NOT NULL,
    answered_at TIMESTAMPTZ,
    answered_by UUID REFERENCES persons (id),
    revoke_reason TEXT NOT NULL,
    revoked_at TIMESTAMPTZ,
    revoked_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL
);
CREATE INDEX paper_invitations_by_edition ON paper_invitations (edition, id);
CREATE INDEX paper_invitations_by_organisation ON paper_invitations (organisation, edition);
CREATE INDEX paper_invitations_by_inviter ON paper_invitations (invited_by);
CREATE INDEX paper_invitations_by_answerer ON paper_invitations (answered_by);
CREATE INDEX paper_invitations_by_revoker ON paper_invitations (revoked_by);
-- Nobody waits for two answers of one organisation.
CREATE UNIQUE INDEX paper_invitations_once ON paper_invitations (edition, organisation) WHERE state = 'open';

-- Which papers a sitting takes up, in order. One paper may be presented in several sittings.
CREATE TABLE sitting_papers (
    session UUID NOT NULL REFERENCES sessions (id),
    paper UUID NOT NULL REFERENCES papers (id),
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (session, paper)
);
CREATE INDEX sitting_papers_by_paper ON sitting_papers (paper);

-- Who presents a paper in a sitting, and who responds.
CREATE TABLE sitting_paper_speakers (
    id UUID PRIMARY KEY,
    session UUID NOT NULL,
    paper UUID NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('presenter', 'respondent')),
    person UUID REFERENCES persons (id),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    FOREIGN KEY (session, paper) REFERENCES sitting_papers (session, paper)
);
CREATE INDEX sitting_paper_speakers_by_paper ON sitting_paper_speakers (session, paper);
CREATE INDEX sitting_paper_speakers_by_person ON sitting_paper_speakers (person);

-- What came of a paper in a sitting, or of a special session, which takes up no paper. `transmission` is what it went to
-- the World Assembly as; a paper goes once, so that the result of its second sitting has none.
CREATE TABLE session_results (
    id UUID PRIMARY KEY,
    session UUID NOT NULL REFERENCES sessions (id),
    paper UUID REFERENCES papers (id),
    result JSONB NOT NULL,
    transmission UUID REFERENCES transmissions (id),
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX session_results_of_papers ON session_results (session, paper) WHERE paper IS NOT NULL;
CREATE UNIQUE INDEX session_results_of_sessions ON session_results (session) WHERE paper IS NULL;
CREATE INDEX session_results_by_paper ON session_results (paper);
CREATE INDEX session_results_by_transmission ON session_results (transmission);
CREATE INDEX session_results_by_recorder ON session_results (recorded_by);

-- The recommendations, positions and declarations a result proposes; each becomes an outcome when the result goes out.
CREATE TABLE result_drafts (
    id UUID PRIMARY KEY,
    result UUID NOT NULL REFERENCES session_results (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL REFERENCES outcome_kinds (code),
    title JSONB NOT NULL,
    language TEXT NOT NULL,
    markdown TEXT NOT NULL,
    agendas JSONB NOT NULL
);
CREATE INDEX result_drafts_by_result ON result_drafts (result, position);

-- A sitting is closed once, with a result for each of its papers.
CREATE TABLE sitting_closings (
    session UUID PRIMARY KEY REFERENCES sessions (id),
    edition UUID NOT NULL REFERENCES editions (id),
    closed_at TIMESTAMPTZ NOT NULL,
    closed_by UUID REFERENCES persons (id)
);
CREATE INDEX sitting_closings_by_edition ON sitting_closings (edition);
CREATE INDEX sitting_closings_by_person ON sitting_closings (closed_by);

-- Special sessions whose outcome goes to the World Assembly too.
CREATE TABLE transmitting_sessions (
    session UUID PRIMARY KEY REFERENCES sessions (id),
    edition UUID NOT NULL REFERENCES editions (id),
    flagged_at TIMESTAMPTZ NOT NULL,
    flagged_by UUID REFERENCES persons (id)
);
CREATE INDEX transmitting_sessions_by_edition ON transmitting_sessions (edition);
CREATE INDEX transmitting_sessions_by_person ON transmitting_sessions (flagged_by);
