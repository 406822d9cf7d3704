-- What happens at an edition's desk, told to programs. Nothing is kept of what nobody follows: `feed_follows` holds the kinds
-- that somebody does, and an act leaves a job for one of them, which tells the stream.
CREATE TABLE feed_follows (
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (stream, kind)
);

-- The number of the last event of the edition's desk that was looked at; none for an endpoint that was made before.
ALTER TABLE webhook_endpoints ADD COLUMN desk_seq BIGINT;

-- The number of the event in that stream; a delivery has this one, or `seq`, or none when it is a test.
ALTER TABLE webhook_deliveries ADD COLUMN desk_seq BIGINT;
CREATE UNIQUE INDEX webhook_deliveries_by_desk ON webhook_deliveries (endpoint, desk_seq);
