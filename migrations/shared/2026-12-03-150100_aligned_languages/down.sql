ALTER TABLE assembly_terms DROP COLUMN aligned_languages;
