ALTER TABLE body_seats DROP COLUMN name_on_record;
