DROP TABLE calendars;
DROP TABLE programs;
DROP TABLE release_files;
DROP TABLE releases;
