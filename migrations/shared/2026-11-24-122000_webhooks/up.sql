-- What happened, told to other programs: where to, and each telling with all its tries.

CREATE TABLE webhook_endpoint_states (code TEXT PRIMARY KEY);
INSERT INTO webhook_endpoint_states (code) VALUES ('active'), ('paused');

-- No secret is kept: each follows from the site's own, the endpoint and `secret_number`. `seq` is the number of the last
-- event of the edition's feed that was looked at.
CREATE TABLE webhook_endpoints (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    owner UUID NOT NULL REFERENCES persons (id),
    url TEXT NOT NULL,
    kinds JSONB NOT NULL,
    state TEXT NOT NULL REFERENCES webhook_endpoint_states (code),
    secret_number BIGINT NOT NULL,
    former_until TIMESTAMPTZ,
    seq BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX webhook_endpoints_by_edition ON webhook_endpoints (edition, id);
CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints (owner);

CREATE TABLE webhook_delivery_states (code TEXT PRIMARY KEY);
INSERT INTO webhook_delivery_states (code)
VALUES ('waiting'), ('sending'), ('delivered'), ('given_up'), ('withheld');

-- `seq` is the number of the event in the edition's feed; a test has none. `due_at` is when it is sent, or when the lease
-- of whoever sends it runs out; none when it is over. By the machine's clock.
CREATE TABLE webhook_deliveries (
    id UUID PRIMARY KEY,
    endpoint UUID NOT NULL REFERENCES webhook_endpoints (id),
    seq BIGINT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL REFERENCES webhook_delivery_states (code),
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    UNIQUE (endpoint, seq)
);
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint, id);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (endpoint, created_at);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at, endpoint);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at);

CREATE TABLE webhook_attempts (
    id UUID PRIMARY KEY,
    delivery UUID NOT NULL REFERENCES webhook_deliveries (id),
    at TIMESTAMPTZ NOT NULL,
    took_ms BIGINT NOT NULL,
    status INTEGER,
    request TEXT NOT NULL,
    response TEXT NOT NULL,
    error TEXT
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (delivery, id);
