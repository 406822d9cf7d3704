-- Lists of registrations stay as quick with a hundred thousand as with a thousand: by name, by category, by word.
CREATE INDEX registrations_by_name ON registrations (edition, name_sort, id);
CREATE INDEX registrations_of_category_by_name ON registrations (category, name_sort, id);

-- The words of `search_key`, so that those beginning with what somebody types are found without reading the others. Bytes,
-- since their order must be the same everywhere. What is there already is taken in by `registration::words::mend`.
CREATE TABLE registration_words (
    edition UUID NOT NULL REFERENCES editions (id),
    word BYTEA NOT NULL,
    registration UUID NOT NULL REFERENCES registrations (id),
    PRIMARY KEY (edition, word, registration)
);
CREATE INDEX registration_words_of_registration ON registration_words (registration);
