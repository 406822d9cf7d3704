DROP TABLE sitting_scopes;
