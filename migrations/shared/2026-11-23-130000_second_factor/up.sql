-- A second proof beside code or password: a secret shared with an app, and recovery codes for the day it is lost.

-- One for each account that has it. The secret is sealed; the last step a code was taken for goes up and never down.
CREATE TABLE second_factors (
    account_id UUID PRIMARY KEY REFERENCES accounts (id),
    sealed BYTEA NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    last_step BIGINT NOT NULL
);

-- A secret shown in one browser and not confirmed yet.
CREATE TABLE second_factor_drafts (
    session_id UUID PRIMARY KEY REFERENCES sign_in_sessions (id),
    sealed BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE recovery_codes (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    code_hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);

-- Somebody who gave code or password and still owes the second factor. Not a session: it opens nothing.
CREATE TABLE half_sign_ins (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    tries_left INTEGER NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX half_sign_ins_by_account ON half_sign_ins (account_id);
CREATE INDEX half_sign_ins_by_age ON half_sign_ins (expires_at);
