DROP TABLE circulars;
DELETE FROM consents WHERE purpose = 'news';
DELETE FROM consent_purposes WHERE code = 'news';
DROP TABLE circular_purposes;
DROP TABLE circular_states;
