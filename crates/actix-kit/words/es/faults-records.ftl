# Keys of requests.
fault-idempotency_key_malformed = La Idempotency-Key tiene de 1 a 255 caracteres: letras sin acento, cifras y signos. Envíe otra.
