DROP TABLE half_sign_ins;
DROP TABLE recovery_codes;
DROP TABLE second_factor_drafts;
DROP TABLE second_factors;
