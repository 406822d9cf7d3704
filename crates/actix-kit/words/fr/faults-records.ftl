# Keys of requests.
fault-idempotency_key_malformed = L’Idempotency-Key compte de 1 à 255 caractères, lettres sans accent, chiffres et signes. Envoyez-en un autre.
