ALTER TABLE travel ADD CONSTRAINT travel_ahead_check CHECK (ahead >= 0) NOT VALID;
DROP TABLE figure_readings;
DROP TABLE figure_tables;
DROP TABLE pulse_codes;
DROP TABLE pulses;
