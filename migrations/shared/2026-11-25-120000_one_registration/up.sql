-- Who is in a delegation is minded by the organisation's focal points, whoever they are by then. The account of the one who
-- named them stays out of it until they take it over.
UPDATE registrations SET registered_by = NULL
WHERE id IN (SELECT registration FROM delegates WHERE taken_over_at IS NULL);

-- One person takes part in a congress once. What was refused, cancelled or ran out does not count.
CREATE UNIQUE INDEX registrations_one_each ON registrations (edition, person)
WHERE state NOT IN ('rejected', 'cancelled', 'expired');
