-- Organisations, who is a member since when, what was paid, who stands in which relation, and who holds which position.

CREATE TABLE organisation_kinds (code TEXT PRIMARY KEY);
INSERT INTO organisation_kinds (code)
VALUES ('city'), ('metropolis'), ('region'), ('national_association'), ('regional_association'),
    ('international_lg_network'), ('national_government'), ('un_agency'), ('international_organisation'), ('ngo'),
    ('academia'), ('foundation'), ('company'), ('press'), ('section'), ('consultation_mechanism'), ('other');

CREATE TABLE organisation_states (code TEXT PRIMARY KEY);
INSERT INTO organisation_states (code) VALUES ('proposed'), ('active'), ('merged');

-- `identity` is name, country and kind in one: two active organisations never share it. `search_key` holds the words of
-- all names, those of merged organisations too, each after a space. A merged row stays, so that what refers to it lives.
CREATE TABLE organisations (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    skeleton TEXT NOT NULL,
    identity TEXT NOT NULL,
    search_key TEXT NOT NULL,
    names JSONB NOT NULL,
    acronym TEXT NOT NULL,
    acronym_key TEXT NOT NULL,
    kind TEXT NOT NULL REFERENCES organisation_kinds (code),
    country TEXT,
    section TEXT,
    parent UUID REFERENCES organisations (id),
    site TEXT NOT NULL,
    email_domain TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES organisation_states (code),
    merged_into UUID REFERENCES organisations (id),
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisations_once ON organisations (identity) WHERE state = 'active';
CREATE INDEX organisations_by_name ON organisations (state, name_sort, id);
CREATE INDEX organisations_by_identity ON organisations (identity);
CREATE INDEX organisations_by_key ON organisations (name_key);
CREATE INDEX organisations_by_skeleton ON organisations (skeleton);
CREATE INDEX organisations_by_parent ON organisations (parent);
CREATE INDEX organisations_by_survivor ON organisations (merged_into);

-- Addresses the member roll gives for an organisation: evidence for a position, nothing more.
CREATE TABLE organisation_contacts (
    organisation UUID NOT NULL REFERENCES organisations (id),
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (organisation, email_key)
);
CREATE INDEX organisation_contacts_by_email ON organisation_contacts (email_key);

CREATE TABLE membership_categories (code TEXT PRIMARY KEY);
INSERT INTO membership_categories (code)
VALUES ('individual'), ('association'), ('international_organisation'), ('associate'), ('honorary'), ('section');

CREATE TABLE membership_states (code TEXT PRIMARY KEY);
INSERT INTO membership_states (code)
VALUES ('applied'), ('approved'), ('awaiting_fee'), ('active'), ('in_arrears'), ('suspended'), ('excluded'), ('resigned');

-- `state` is that of the last step. An ended membership stays; a new one may begin after it.
CREATE TABLE memberships (
    id UUID PRIMARY KEY,
    organisation UUID NOT NULL REFERENCES organisations (id),
    category TEXT NOT NULL REFERENCES membership_categories (code),
    state TEXT NOT NULL REFERENCES membership_states (code),
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX memberships_once ON memberships (organisation, category) WHERE to_at IS NULL;
CREATE INDEX memberships_by_organisation ON memberships (organisation);
CREATE INDEX memberships_by_state ON memberships (state, category);

-- The state a membership entered, from when it holds, and when that was recorded. Only ever appended to.
CREATE TABLE membership_steps (
    membership UUID NOT NULL REFERENCES memberships (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL REFERENCES membership_states (code),
    from_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID REFERENCES persons (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (membership, number)
);

CREATE TABLE dues_states (code TEXT PRIMARY KEY);
INSERT INTO dues_states (code) VALUES ('paid'), ('partial'), ('waived');

CREATE TABLE dues (
    organisation UUID NOT NULL REFERENCES organisations (id),
    year INTEGER NOT NULL,
    state TEXT NOT NULL REFERENCES dues_states (code),
    amount_cents BIGINT,
    currency TEXT NOT NULL,
    paid_on TEXT,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID REFERENCES persons (id),
    PRIMARY KEY (organisation, year)
);

CREATE TABLE relation_kinds (code TEXT PRIMARY KEY);
INSERT INTO relation_kinds (code)
VALUES ('gtf_network'), ('sister_org'), ('uclg_partner'), ('global_institutional_partner'),
    ('national_government_partner'), ('civil_society_partner'), ('stakeholder'), ('consultation_mechanism'),
    ('member_of_network');

-- `basis` says on what paper it rests. `other` is the network, for members of one.
CREATE TABLE relations (
    id UUID PRIMARY KEY,
    organisation UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL REFERENCES relation_kinds (code),
    other UUID REFERENCES organisations (id),
    basis TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID REFERENCES persons (id)
);
CREATE INDEX relations_by_organisation ON relations (organisation);
CREATE INDEX relations_by_other ON relations (other);
CREATE INDEX relations_by_kind ON relations (kind);

CREATE TABLE position_kinds (code TEXT PRIMARY KEY);
INSERT INTO position_kinds (code)
VALUES ('mayor'), ('governor'), ('minister'), ('head'), ('councillor'), ('staff'), ('delegate'), ('other');

CREATE TABLE position_states (code TEXT PRIMARY KEY);
INSERT INTO position_states (code) VALUES ('requested'), ('confirmed'), ('refused'), ('ended');

-- `strength` orders the queue of those that wait by their evidence. One open position of a kind per person and organisation.
CREATE TABLE positions (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL REFERENCES position_kinds (code),
    title TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES position_states (code),
    evidence TEXT NOT NULL CHECK (evidence IN ('member_roll_contact', 'document', 'email_domain', 'none')),
    strength INTEGER NOT NULL,
    requested_at TIMESTAMPTZ NOT NULL,
    requested_by UUID REFERENCES persons (id),
    decided_at TIMESTAMPTZ,
    decided_by UUID REFERENCES persons (id),
    reason TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX positions_once ON positions (person, organisation, kind) WHERE state IN ('requested', 'confirmed');
CREATE INDEX positions_by_person ON positions (person, state);
CREATE INDEX positions_by_organisation ON positions (organisation, state);
CREATE INDEX positions_waiting ON positions (state, strength, requested_at);

-- Every body there is, so that the statutory desk can be given each one's key without asking the slice above.
CREATE TABLE body_register (body UUID PRIMARY KEY);
