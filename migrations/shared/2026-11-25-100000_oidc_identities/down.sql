ALTER TABLE sign_in_sessions DROP COLUMN vouched_at;
DROP TABLE oidc_offers;
DROP TABLE oidc_attempts;
DROP TABLE oidc_identities;
