ALTER TABLE meetings DROP COLUMN before_starts_at, DROP COLUMN before_minutes, DROP COLUMN before_place;
