-- Who writes at a paper for the organisation that was invited.

INSERT INTO roles (code) VALUES ('drafter');
