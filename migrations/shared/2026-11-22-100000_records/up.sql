-- What the site remembers about itself: who did what, what happened, what is still to do, what was already answered.

-- The end of the audit chain. One row: each entry takes its number and the hash before it from here.
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Only ever appended to. `summary` is JSON kept as text: what is hashed is what is stored, to the byte.
CREATE TABLE audit_entries (
    seq BIGINT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    actor UUID,
    act TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id UUID,
    scope UUID,
    summary TEXT NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    hash TEXT NOT NULL
);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, seq);
CREATE INDEX audit_entries_by_object ON audit_entries (object_id, seq);
CREATE INDEX audit_entries_by_act ON audit_entries (act, seq);
CREATE INDEX audit_entries_by_moment ON audit_entries (at);

CREATE TABLE denials (
    id UUID PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    subject UUID,
    act TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id UUID,
    reason TEXT NOT NULL
);
CREATE INDEX denials_by_object ON denials (object_id, id);
CREATE INDEX denials_by_subject ON denials (subject, id);

CREATE TABLE feed_streams (
    name TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);

CREATE TABLE feed_events (
    stream TEXT NOT NULL REFERENCES feed_streams (name),
    seq BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    visible_to TEXT NOT NULL,
    payload JSONB NOT NULL,
    PRIMARY KEY (stream, seq)
);

CREATE TABLE job_states (code TEXT PRIMARY KEY);
INSERT INTO job_states (code) VALUES ('queued'), ('running'), ('done'), ('failed');

CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    unique_key TEXT,
    payload JSONB NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL REFERENCES job_states (code),
    attempts INTEGER NOT NULL,
    leased_until TIMESTAMPTZ,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE INDEX jobs_by_turn ON jobs (state, run_at);
-- A job that waits is not queued twice; one that runs may be, for what changed since it began.
CREATE UNIQUE INDEX jobs_once ON jobs (kind, unique_key) WHERE state = 'queued';

-- `status` and what follows are empty while the act is being done.
CREATE TABLE idempotency_keys (
    actor TEXT NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash BYTEA NOT NULL,
    status INTEGER,
    answer TEXT,
    headers JSONB,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (actor, route, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- Account and address are hashes. The empty address counts the failures of an account from anywhere.
CREATE TABLE failures (
    purpose TEXT NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    times BIGINT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    succeeded_at TIMESTAMPTZ,
    PRIMARY KEY (purpose, account, address)
);
CREATE INDEX failures_by_age ON failures (last_at);

CREATE TABLE spent (
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (bucket, key, ends_at)
);
CREATE INDEX spent_by_age ON spent (ends_at);

-- `value` is an array of one, so that a bare number stays JSON on both engines.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value JSONB NOT NULL
);
