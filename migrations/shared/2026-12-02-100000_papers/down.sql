DROP TABLE paper_steps;
DROP TABLE paper_team;
DROP TABLE papers;
DROP TABLE paper_counters;
DROP TABLE paper_step_kinds;
DROP TABLE paper_team_roles;
DROP TABLE paper_states;
DROP TABLE paper_tracks;
