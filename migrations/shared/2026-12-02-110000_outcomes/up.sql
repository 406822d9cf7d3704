-- What the congress decides: what was transmitted to the World Assembly, what became of it, and what it is good for.

CREATE TABLE transmission_sources (code TEXT PRIMARY KEY);
INSERT INTO transmission_sources (code) VALUES ('assembly_paper'), ('town_hall_session'), ('special_session');

CREATE TABLE outcome_kinds (code TEXT PRIMARY KEY);
INSERT INTO outcome_kinds (code) VALUES ('declaration'), ('recommendation'), ('political_position');

CREATE TABLE outcome_states (code TEXT PRIMARY KEY);
INSERT INTO outcome_states (code)
VALUES ('drafted'), ('received'), ('presented'), ('debated'), ('adopted'), ('amended_adopted'), ('returned'),
    ('not_adopted');

CREATE TABLE agenda_phases (code TEXT PRIMARY KEY);
INSERT INTO agenda_phases (code) VALUES ('definition'), ('follow_up'), ('review');

CREATE TABLE reference_addressees (code TEXT PRIMARY KEY);
INSERT INTO reference_addressees (code) VALUES ('gtf'), ('uclg');

CREATE TABLE reference_fields (code TEXT PRIMARY KEY);
INSERT INTO reference_fields (code) VALUES ('policy'), ('advocacy'), ('work_plan');

CREATE TABLE response_answers (code TEXT PRIMARY KEY);
INSERT INTO response_answers (code) VALUES ('accepted'), ('partly'), ('noted'), ('not_accepted');

-- One for each paper or session that handed in its result, however often it is closed. `source_id` is that of the paper
-- or session, whose rows the columns after it refer to; titles and result are as they were then.
CREATE TABLE transmissions (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    source TEXT NOT NULL REFERENCES transmission_sources (code),
    source_id UUID NOT NULL,
    stem TEXT NOT NULL,
    session UUID REFERENCES sessions (id),
    session_title JSONB NOT NULL,
    paper UUID REFERENCES papers (id),
    paper_title JSONB NOT NULL,
    theme UUID REFERENCES themes (id),
    organisation UUID REFERENCES organisations (id),
    result JSONB NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    sent_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    UNIQUE (source, source_id)
);
CREATE INDEX transmissions_by_edition ON transmissions (edition, id);
CREATE INDEX transmissions_by_session ON transmissions (session);
CREATE INDEX transmissions_by_paper ON transmissions (paper);
CREATE INDEX transmissions_by_theme ON transmissions (theme);
CREATE INDEX transmissions_by_organisation ON transmissions (organisation);
CREATE INDEX transmissions_by_sender ON transmissions (sent_by);

-- The last number given of each stem and letter: `TH-2019-03` and `R`.
CREATE TABLE outcome_counters (
    stem TEXT NOT NULL,
    letter TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (stem, letter)
);

-- `received_version` and `adopted_version` are sealed versions of the text: the first is 0 until there is one. Whatever
-- writes here, nothing is adopted that was not presented and debated.
CREATE TABLE outcomes (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL REFERENCES outcome_kinds (code),
    text UUID NOT NULL UNIQUE REFERENCES texts (id),
    title_key TEXT NOT NULL,
    transmission UUID REFERENCES transmissions (id),
    state TEXT NOT NULL REFERENCES outcome_states (code),
    presented_at TIMESTAMPTZ,
    debated_at TIMESTAMPTZ,
    decided_at TIMESTAMPTZ,
    decision_reason TEXT NOT NULL,
    received_version BIGINT NOT NULL,
    adopted_version BIGINT,
    horizon_to TEXT,
    position BIGINT NOT NULL,
    visible_to TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID REFERENCES persons (id),
    CHECK (
        state NOT IN ('adopted', 'amended_adopted')
        OR (presented_at IS NOT NULL AND debated_at IS NOT NULL AND decided_at IS NOT NULL AND adopted_version IS NOT NULL)
    )
);
CREATE INDEX outcomes_by_position ON outcomes (edition, position, id);
CREATE INDEX outcomes_by_transmission ON outcomes (transmission);
CREATE INDEX outcomes_by_state ON outcomes (edition, state);
CREATE INDEX outcomes_by_creator ON outcomes (created_by);

CREATE TABLE outcome_steps (
    id UUID PRIMARY KEY,
    outcome UUID NOT NULL REFERENCES outcomes (id),
    from_state TEXT REFERENCES outcome_states (code),
    to_state TEXT NOT NULL REFERENCES outcome_states (code),
    reason TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    who UUID REFERENCES persons (id)
);
CREATE INDEX outcome_steps_by_outcome ON outcome_steps (outcome, id);
CREATE INDEX outcome_steps_by_person ON outcome_steps (who);

-- International agendas; a goal of one names it as its parent.
CREATE TABLE agendas (
    code TEXT PRIMARY KEY,
    parent TEXT REFERENCES agendas (code),
    title JSONB NOT NULL,
    site TEXT NOT NULL,
    position BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX agendas_by_parent ON agendas (parent, position);

CREATE TABLE outcome_agendas (
    outcome UUID NOT NULL REFERENCES outcomes (id),
    agenda TEXT NOT NULL REFERENCES agendas (code),
    phase TEXT NOT NULL REFERENCES agenda_phases (code),
    PRIMARY KEY (outcome, agenda, phase)
);
CREATE INDEX outcome_agendas_by_agenda ON outcome_agendas (agenda, phase);

CREATE TABLE outcome_references (
    id UUID PRIMARY KEY,
    outcome UUID NOT NULL REFERENCES outcomes (id),
    addressed_to TEXT NOT NULL REFERENCES reference_addressees (code),
    field TEXT NOT NULL REFERENCES reference_fields (code),
    note JSONB NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    made_by UUID REFERENCES persons (id),
    UNIQUE (outcome, addressed_to, field)
);
CREATE INDEX outcome_references_by_person ON outcome_references (made_by);

CREATE TABLE strategic_priorities (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    code TEXT NOT NULL,
    title JSONB NOT NULL,
    description JSONB NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, code)
);

CREATE TABLE outcome_priorities (
    outcome UUID NOT NULL REFERENCES outcomes (id),
    priority UUID NOT NULL REFERENCES strategic_priorities (id),
    made_at TIMESTAMPTZ NOT NULL,
    made_by UUID REFERENCES persons (id),
    PRIMARY KEY (outcome, priority)
);
CREATE INDEX outcome_priorities_by_priority ON outcome_priorities (priority);
CREATE INDEX outcome_priorities_by_person ON outcome_priorities (made_by);

-- A body that was asked what becomes of a recommendation; without an answer until it gives one.
CREATE TABLE outcome_responses (
    id UUID PRIMARY KEY,
    outcome UUID NOT NULL REFERENCES outcomes (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    due_on TEXT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    asked_by UUID REFERENCES persons (id),
    answer TEXT REFERENCES response_answers (code),
    said JSONB NOT NULL,
    answered_on TEXT,
    answered_at TIMESTAMPTZ,
    answered_by UUID REFERENCES persons (id),
    version BIGINT NOT NULL,
    UNIQUE (outcome, organisation)
);
CREATE INDEX outcome_responses_by_organisation ON outcome_responses (organisation);
CREATE INDEX outcome_responses_by_asker ON outcome_responses (asked_by);
CREATE INDEX outcome_responses_by_answerer ON outcome_responses (answered_by);

-- Two outcomes that belong together: `first` is the lesser id.
CREATE TABLE outcome_links (
    first UUID NOT NULL REFERENCES outcomes (id),
    second UUID NOT NULL REFERENCES outcomes (id),
    PRIMARY KEY (first, second)
);
CREATE INDEX outcome_links_by_second ON outcome_links (second);

-- What is being put together, one for each edition of the congress; whoever changes or publishes it takes its row.
CREATE TABLE collections (
    edition UUID PRIMARY KEY REFERENCES editions (id),
    title JSONB NOT NULL,
    foreword JSONB NOT NULL,
    last_number BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- What was published of it. Never changed.
CREATE TABLE collection_editions (
    id UUID PRIMARY KEY,
    edition UUID NOT NULL REFERENCES editions (id),
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    foreword JSONB NOT NULL,
    items JSONB NOT NULL,
    citation JSONB NOT NULL,
    hash TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_by UUID REFERENCES persons (id),
    UNIQUE (edition, number)
);
CREATE INDEX collection_editions_by_person ON collection_editions (published_by);

INSERT INTO agendas (code, parent, title, site, position, retired, version) VALUES
('agenda_2030', NULL, '{"en":"2030 Agenda for Sustainable Development","fr":"Programme de développement durable à l’horizon 2030","es":"Agenda 2030 para el Desarrollo Sostenible"}', 'https://sdgs.un.org/2030agenda', 1, FALSE, 1),
('new_urban_agenda', NULL, '{"en":"New Urban Agenda","fr":"Nouvel Agenda urbain","es":"Nueva Agenda Urbana"}', 'https://habitat3.org/the-new-urban-agenda/', 2, FALSE, 1),
('paris_agreement', NULL, '{"en":"Paris Agreement on climate change","fr":"Accord de Paris sur les changements climatiques","es":"Acuerdo de París sobre el cambio climático"}', 'https://unfccc.int/process-and-meetings/the-paris-agreement', 3, FALSE, 1),
('sendai_framework', NULL, '{"en":"Sendai Framework for Disaster Risk Reduction","fr":"Cadre de Sendai pour la réduction des risques de catastrophe","es":"Marco de Sendái para la Reducción del Riesgo de Desastres"}', 'https://www.undrr.org/implementing-sendai-framework', 4, FALSE, 1),
('addis_ababa_action_agenda', NULL, '{"en":"Addis Ababa Action Agenda on financing for development","fr":"Programme d’action d’Addis-Abeba sur le financement du développement","es":"Agenda de Acción de Addis Abeba sobre la financiación para el desarrollo"}', 'https://sdgs.un.org/documents/ares69313-addis-ababa-action-agenda-thir-21937', 5, FALSE, 1),
('beijing_platform', NULL, '{"en":"Beijing Declaration and Platform for Action","fr":"Déclaration et Programme d’action de Beijing","es":"Declaración y Plataforma de Acción de Beijing"}', 'https://www.un.org/womenwatch/daw/beijing/platform/', 6, FALSE, 1),
('biodiversity_convention', NULL, '{"en":"Convention on Biological Diversity","fr":"Convention sur la diversité biologique","es":"Convenio sobre la Diversidad Biológica"}', 'https://www.cbd.int/convention', 7, FALSE, 1),
('global_compact_migration', NULL, '{"en":"Global Compact for Safe, Orderly and Regular Migration","fr":"Pacte mondial pour des migrations sûres, ordonnées et régulières","es":"Pacto Mundial para la Migración Segura, Ordenada y Regular"}', 'https://www.un.org/en/migration2022/global-compact-for-migration', 8, FALSE, 1);

INSERT INTO agendas (code, parent, title, site, position, retired, version) VALUES
('sdg_1', 'agenda_2030', '{"en":"Goal 1: No poverty","fr":"Objectif 1 : pas de pauvreté","es":"Objetivo 1: fin de la pobreza"}', 'https://sdgs.un.org/goals/goal1', 1, FALSE, 1),
('sdg_2', 'agenda_2030', '{"en":"Goal 2: Zero hunger","fr":"Objectif 2 : faim « zéro »","es":"Objetivo 2: hambre cero"}', 'https://sdgs.un.org/goals/goal2', 2, FALSE, 1),
('sdg_3', 'agenda_2030', '{"en":"Goal 3: Good health and well-being","fr":"Objectif 3 : bonne santé et bien-être","es":"Objetivo 3: salud y bienestar"}', 'https://sdgs.un.org/goals/goal3', 3, FALSE, 1),
('sdg_4', 'agenda_2030', '{"en":"Goal 4: Quality education","fr":"Objectif 4 : éducation de qualité","es":"Objetivo 4: educación de calidad"}', 'https://sdgs.un.org/goals/goal4', 4, FALSE, 1),
('sdg_5', 'agenda_2030', '{"en":"Goal 5: Gender equality","fr":"Objectif 5 : égalité entre les sexes","es":"Objetivo 5: igualdad de género"}', 'https://sdgs.un.org/goals/goal5', 5, FALSE, 1),
('sdg_6', 'agenda_2030', '{"en":"Goal 6: Clean water and sanitation","fr":"Objectif 6 : eau propre et assainissement","es":"Objetivo 6: agua limpia y saneamiento"}', 'https://sdgs.un.org/goals/goal6', 6, FALSE, 1),
('sdg_7', 'agenda_2030', '{"en":"Goal 7: Affordable and clean energy","fr":"Objectif 7 : énergie propre et d’un coût abordable","es":"Objetivo 7: energía asequible y no contaminante"}', 'https://sdgs.un.org/goals/goal7', 7, FALSE, 1),
('sdg_8', 'agenda_2030', '{"en":"Goal 8: Decent work and economic growth","fr":"Objectif 8 : travail décent et croissance économique","es":"Objetivo 8: trabajo decente y crecimiento económico"}', 'https://sdgs.un.org/goals/goal8', 8, FALSE, 1),
('sdg_9', 'agenda_2030', '{"en":"Goal 9: Industry, innovation and infrastructure","fr":"Objectif 9 : industrie, innovation et infrastructure","es":"Objetivo 9: industria, innovación e infraestructura"}', 'https://sdgs.un.org/goals/goal9', 9, FALSE, 1),
('sdg_10', 'agenda_2030', '{"en":"Goal 10: Reduced inequalities","fr":"Objectif 10 : inégalités réduites","es":"Objetivo 10: reducción de las desigualdades"}', 'https://sdgs.un.org/goals/goal10', 10, FALSE, 1),
('sdg_11', 'agenda_2030', '{"en":"Goal 11: Sustainable cities and communities","fr":"Objectif 11 : villes et communautés durables","es":"Objetivo 11: ciudades y comunidades sostenibles"}', 'https://sdgs.un.org/goals/goal11', 11, FALSE, 1),
('sdg_12', 'agenda_2030', '{"en":"Goal 12: Responsible consumption and production","fr":"Objectif 12 : consommation et production responsables","es":"Objetivo 12: producción y consumo responsables"}', 'https://sdgs.un.org/goals/goal12', 12, FALSE, 1),
('sdg_13', 'agenda_2030', '{"en":"Goal 13: Climate action","fr":"Objectif 13 : mesures relatives à la lutte contre les changements climatiques","es":"Objetivo 13: acción por el clima"}', 'https://sdgs.un.org/goals/goal13', 13, FALSE, 1),
('sdg_14', 'agenda_2030', '{"en":"Goal 14: Life below water","fr":"Objectif 14 : vie aquatique","es":"Objetivo 14: vida submarina"}', 'https://sdgs.un.org/goals/goal14', 14, FALSE, 1),
('sdg_15', 'agenda_2030', '{"en":"Goal 15: Life on land","fr":"Objectif 15 : vie terrestre","es":"Objetivo 15: vida de ecosistemas terrestres"}', 'https://sdgs.un.org/goals/goal15', 15, FALSE, 1),
('sdg_16', 'agenda_2030', '{"en":"Goal 16: Peace, justice and strong institutions","fr":"Objectif 16 : paix, justice et institutions efficaces","es":"Objetivo 16: paz, justicia e instituciones sólidas"}', 'https://sdgs.un.org/goals/goal16', 16, FALSE, 1),
('sdg_17', 'agenda_2030', '{"en":"Goal 17: Partnerships for the goals","fr":"Objectif 17 : partenariats pour la réalisation des objectifs","es":"Objetivo 17: alianzas para lograr los objetivos"}', 'https://sdgs.un.org/goals/goal17', 17, FALSE, 1);
