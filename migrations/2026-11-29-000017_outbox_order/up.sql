-- Of letters due together those go first that were begun least often: one that ends the program, or whose
-- worker was killed, waits behind all others.
DROP INDEX outbox_owed;
CREATE INDEX outbox_owed ON outbox (lane, due_at, attempts) WHERE state = 'owed';
