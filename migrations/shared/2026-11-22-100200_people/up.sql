-- People, the accounts they sign in with, and what they have been appointed to.

-- A human being. Not an account, not an e-mail address: a mayor's assistant registers four persons from one address.
CREATE TABLE persons (
    id UUID PRIMARY KEY,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    name_key TEXT NOT NULL,
    badge_name TEXT,
    language TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX persons_by_name ON persons (name_sort, id);
CREATE INDEX persons_by_key ON persons (name_key);

-- A closed account keeps its row, so that what it did stays whose it was, and gives its address free.
CREATE TABLE accounts (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES persons (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    verified_at TIMESTAMPTZ,
    language TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    version BIGINT NOT NULL
);
CREATE INDEX accounts_by_person ON accounts (person_id);

CREATE TABLE code_purposes (code TEXT PRIMARY KEY);
INSERT INTO code_purposes (code)
VALUES ('sign_in'), ('verify'), ('reset'), ('change_email'), ('registration');

-- Codes are kept per address, whether it has an account or not: asking for one tells nothing.
CREATE TABLE sign_in_codes (
    id UUID PRIMARY KEY,
    email_key TEXT NOT NULL,
    purpose TEXT NOT NULL REFERENCES code_purposes (code),
    code_hash BYTEA NOT NULL,
    payload JSONB,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    tries_left INTEGER NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX sign_in_codes_by_email ON sign_in_codes (email_key, purpose, created_at);
CREATE INDEX sign_in_codes_by_age ON sign_in_codes (expires_at);

-- A browser that is signed in. Moments are of the machine's clock.
CREATE TABLE sign_in_sessions (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    token_hash BYTEA NOT NULL UNIQUE,
    label TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    proved_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    idle_minutes BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX sign_in_sessions_by_account ON sign_in_sessions (account_id);
CREATE INDEX sign_in_sessions_by_age ON sign_in_sessions (expires_at);

-- A program that acts for an account.
CREATE TABLE bearer_tokens (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    scopes JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX bearer_tokens_by_account ON bearer_tokens (account_id);

CREATE TABLE roles (code TEXT PRIMARY KEY);
INSERT INTO roles (code)
VALUES ('platform_admin'), ('secretariat'), ('section_officer'), ('commission_secretariat'), ('theme_lead'),
    ('session_lead'), ('rapporteur'), ('chair'), ('returning_officer'), ('scrutineer'), ('registrar'),
    ('badge_desk'), ('scanner'), ('translator'), ('press_officer'), ('care_desk'), ('gtf_convener'),
    ('focal_point'), ('body_member'), ('participant');

-- Who has been appointed to what, over what, from when to when, and on what ground. What `scope_ref` names lives in
-- other slices: an id as text, or a code.
CREATE TABLE standings (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL REFERENCES roles (code),
    scope_kind TEXT NOT NULL,
    scope_ref TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    basis TEXT NOT NULL,
    granted_by UUID REFERENCES persons (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX standings_by_person ON standings (person_id);
CREATE INDEX standings_by_role ON standings (role, scope_kind, scope_ref);
CREATE INDEX standings_by_grantor ON standings (granted_by);
CREATE UNIQUE INDEX standings_once ON standings (person_id, role, scope_kind, scope_ref) WHERE to_at IS NULL;

-- What somebody is by the category they were approved in: press, exhibitor, accompanying person.
CREATE TABLE person_tags (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES persons (id),
    tag TEXT NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    basis TEXT NOT NULL
);
CREATE INDEX person_tags_by_person ON person_tags (person_id);
CREATE INDEX person_tags_by_basis ON person_tags (basis);
CREATE UNIQUE INDEX person_tags_once ON person_tags (person_id, tag, basis) WHERE to_at IS NULL;
