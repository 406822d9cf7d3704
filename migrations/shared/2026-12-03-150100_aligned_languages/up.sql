-- In which languages a text must say the same before the World Assembly adopts it; none asks for none.
ALTER TABLE assembly_terms ADD COLUMN aligned_languages JSONB;
