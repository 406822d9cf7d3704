DROP TABLE consents;
DROP TABLE consent_purposes;
