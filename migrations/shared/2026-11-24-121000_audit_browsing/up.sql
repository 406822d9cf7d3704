-- Each filter of the audit reads one index, from its end; a day is found by moment and number alone.
CREATE INDEX audit_entries_by_kind ON audit_entries (object_kind, seq);
CREATE INDEX audit_entries_by_scope ON audit_entries (scope, seq);
DROP INDEX audit_entries_by_moment;
CREATE INDEX audit_entries_by_moment ON audit_entries (at, seq);
