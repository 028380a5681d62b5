DELETE FROM writings WHERE kind IN ('reason', 'step');
ALTER TABLE writings DROP CONSTRAINT writings_kind_check;
ALTER TABLE writings ADD CONSTRAINT writings_kind_check CHECK (kind IN ('evidence', 'line', 'comment'));
ALTER TABLE plans DROP COLUMN ended_at, DROP COLUMN next_mentor_id, DROP COLUMN deputy_id, DROP COLUMN arranged;
