# Keys of requests.
fault-idempotency_key_malformed = The Idempotency-Key may have 1 to 255 characters, plain letters, digits and signs. Send another.
