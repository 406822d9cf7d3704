DROP TABLE theme_partners;
