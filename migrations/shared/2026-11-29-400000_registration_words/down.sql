DROP TABLE registration_words;
DROP INDEX registrations_of_category_by_name;
DROP INDEX registrations_by_name;
