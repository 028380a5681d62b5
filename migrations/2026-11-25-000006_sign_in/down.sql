DROP TABLE travel;
DROP TABLE sessions;
DROP TABLE links;
