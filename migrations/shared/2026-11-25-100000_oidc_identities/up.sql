-- Signing in with an OpenID provider the settings name.

-- Who somebody is there: the provider's issuer and its name for them. Their address there is not kept.
CREATE TABLE oidc_identities (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    UNIQUE (issuer, subject)
);
CREATE INDEX oidc_identities_by_account ON oidc_identities (account_id);

-- A browser that was sent to a provider and is expected back, once. What it must bring follows from a secret that only
-- the browser holds; here is its hash.
CREATE TABLE oidc_attempts (
    id UUID PRIMARY KEY,
    browser_hash BYTEA NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    linking_account UUID REFERENCES accounts (id),
    language TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX oidc_attempts_by_age ON oidc_attempts (expires_at);
CREATE INDEX oidc_attempts_by_account ON oidc_attempts (linking_account);

-- An identity that was proved and whose address is an account's already: its owner links it, or nobody does.
CREATE TABLE oidc_offers (
    id UUID PRIMARY KEY,
    browser_hash BYTEA NOT NULL UNIQUE,
    account_id UUID NOT NULL REFERENCES accounts (id),
    provider TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX oidc_offers_by_age ON oidc_offers (expires_at);
CREATE INDEX oidc_offers_by_account ON oidc_offers (account_id);

-- When a provider that is trusted with it said that the second factor was given there, for this browser alone.
ALTER TABLE sign_in_sessions ADD COLUMN vouched_at TIMESTAMPTZ;
