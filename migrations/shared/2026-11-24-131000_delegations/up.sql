-- Delegations: whom an organisation's focal points send to a congress, in which roles, within which quotas.

-- In which role somebody is in a delegation. Rows, so that a congress can have others.
CREATE TABLE delegation_roles (
    code TEXT PRIMARY KEY,
    title JSONB NOT NULL,
    position BIGINT NOT NULL
);
INSERT INTO delegation_roles (code, title, position)
VALUES
    ('head', '{"en":"Head of delegation","fr":"Chef·fe de délégation","es":"Jefatura de delegación"}', 1),
    ('delegate', '{"en":"Delegate","fr":"Délégué·e","es":"Delegado·a"}', 2),
    ('substitute', '{"en":"Substitute delegate","fr":"Délégué·e suppléant·e","es":"Delegado·a suplente"}', 3),
    ('adviser', '{"en":"Adviser","fr":"Conseiller·ère","es":"Asesor·a"}', 4),
    ('interpreter', '{"en":"Interpreter","fr":"Interprète","es":"Intérprete"}', 5),
    ('security', '{"en":"Security","fr":"Sécurité","es":"Seguridad"}', 6);

-- How many an organisation may send in a category. `taken` goes up by a guarded update alone.
CREATE TABLE delegation_quotas (
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    category UUID NOT NULL REFERENCES categories (id),
    places_max BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (edition, organisation, category)
);
CREATE INDEX delegation_quotas_by_organisation ON delegation_quotas (organisation);
CREATE INDEX delegation_quotas_by_category ON delegation_quotas (category);

-- A registration that is of a delegation. Whoever proves the address of `email_key` may take it over; from `taken_over_at`
-- on it is theirs.
CREATE TABLE delegates (
    registration UUID PRIMARY KEY REFERENCES registrations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL REFERENCES delegation_roles (code),
    email_key TEXT NOT NULL,
    named_by UUID REFERENCES persons (id),
    taken_over_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX delegates_by_organisation ON delegates (organisation, edition, created_at, registration);
CREATE INDEX delegates_by_edition ON delegates (edition);
CREATE INDEX delegates_by_address ON delegates (email_key);
CREATE INDEX delegates_by_role ON delegates (role);
