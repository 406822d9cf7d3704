-- Which organisations stand behind a Town Hall theme: one leads, others join in. An ended row stays.

CREATE TABLE theme_partners (
    id UUID PRIMARY KEY,
    theme UUID NOT NULL REFERENCES themes (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL CHECK (role IN ('lead', 'co')),
    from_at TIMESTAMPTZ NOT NULL,
    to_at TIMESTAMPTZ,
    named_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL
);
CREATE INDEX theme_partners_by_theme ON theme_partners (theme, from_at);
CREATE INDEX theme_partners_by_organisation ON theme_partners (organisation);
CREATE UNIQUE INDEX theme_partners_once ON theme_partners (theme, organisation) WHERE to_at IS NULL;
CREATE UNIQUE INDEX theme_partners_one_lead ON theme_partners (theme) WHERE to_at IS NULL AND role = 'lead';
