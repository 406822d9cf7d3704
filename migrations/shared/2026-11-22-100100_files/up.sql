-- Files people sent. The content is on disk under its hash; several rows may share one content.

CREATE TABLE file_states (code TEXT PRIMARY KEY);
INSERT INTO file_states (code) VALUES ('stored'), ('quarantined'), ('removed');

CREATE TABLE files (
    id UUID PRIMARY KEY,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    original_name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID,
    state TEXT NOT NULL REFERENCES file_states (code)
);
CREATE INDEX files_by_hash ON files (hash);
CREATE INDEX files_by_creator ON files (created_by);
