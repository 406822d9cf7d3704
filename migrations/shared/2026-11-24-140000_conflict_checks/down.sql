DELETE FROM session_kinds WHERE code = 'blocker';
DROP TABLE presences;
DROP TABLE travel_times;
DROP TABLE conflict_severities;
DROP TABLE severities;
