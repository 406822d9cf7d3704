DROP INDEX seats_offered;
CREATE INDEX seats_offered ON seats (state, offered_until);
DROP INDEX sessions_by_times;
DROP INDEX seats_of_registration;
CREATE INDEX seats_of_registration ON seats (registration);
