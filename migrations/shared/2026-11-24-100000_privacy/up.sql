-- The name a seat was held under, once its holder was erased: who sat in a body is the statutory record.
ALTER TABLE body_seats ADD COLUMN name_on_record TEXT;
