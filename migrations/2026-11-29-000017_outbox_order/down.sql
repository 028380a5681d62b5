DROP INDEX outbox_owed;
CREATE INDEX outbox_owed ON outbox (lane, due_at) WHERE state = 'owed';
