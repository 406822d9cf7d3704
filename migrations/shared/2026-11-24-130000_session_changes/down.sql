DROP TABLE session_change_fields;
DROP TABLE session_change_outcomes;
DROP TABLE session_changes;
DROP TABLE session_change_states;
DROP TABLE change_terms;
