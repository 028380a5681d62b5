DROP TABLE drafts;
DROP TABLE writings;
