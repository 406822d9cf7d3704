-- What is held over a paper says nothing to an older program.
DELETE FROM standings WHERE scope_kind = 'paper' OR role = 'drafter';
DELETE FROM roles WHERE code = 'drafter';
