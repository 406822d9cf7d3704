-- An older program does not know what these are of.
DELETE FROM webhook_attempts
WHERE delivery IN (SELECT id FROM webhook_deliveries WHERE desk_seq IS NOT NULL);
DELETE FROM webhook_deliveries WHERE desk_seq IS NOT NULL;
DROP INDEX webhook_deliveries_by_desk;
ALTER TABLE webhook_deliveries DROP COLUMN desk_seq;
ALTER TABLE webhook_endpoints DROP COLUMN desk_seq;
DROP TABLE feed_follows;
