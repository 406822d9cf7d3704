DROP TABLE theme_pages;
