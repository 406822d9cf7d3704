DROP TABLE text_version_translations;
