DROP INDEX audit_entries_by_moment;
CREATE INDEX audit_entries_by_moment ON audit_entries (at);
DROP INDEX audit_entries_by_scope;
DROP INDEX audit_entries_by_kind;
