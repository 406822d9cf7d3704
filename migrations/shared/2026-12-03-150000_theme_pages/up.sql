-- The pages of a theme's space, written by the partners that lead it. `slug` is the page's name in addresses and never
-- changes; what is not published stands there for the theme's own people alone.
CREATE TABLE theme_pages (
    id UUID PRIMARY KEY,
    theme UUID NOT NULL REFERENCES themes (id),
    edition UUID NOT NULL REFERENCES editions (id),
    slug TEXT NOT NULL,
    title JSONB NOT NULL,
    blocks JSONB NOT NULL,
    position BIGINT NOT NULL,
    is_published BOOLEAN NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    UNIQUE (theme, slug)
);
CREATE INDEX theme_pages_by_edition ON theme_pages (edition);
CREATE INDEX theme_pages_by_person ON theme_pages (changed_by);
