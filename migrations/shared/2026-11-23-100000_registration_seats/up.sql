-- What a reservation asks of a person's other seats is answered from indexes alone.
DROP INDEX seats_of_registration;
CREATE INDEX seats_of_registration ON seats (registration, state, session);
CREATE INDEX sessions_by_times ON sessions (id, starts_at, ends_at);

-- Few seats are offered at a time: the others need no entry.
DROP INDEX seats_offered;
CREATE INDEX seats_offered ON seats (offered_until) WHERE offered_until IS NOT NULL;
