DROP TABLE delegates;
DROP TABLE delegation_quotas;
DROP TABLE delegation_roles;
