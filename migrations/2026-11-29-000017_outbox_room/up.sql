-- A letter is claimed and settled within moments. With room beside it on its page the claim writes no
-- index entry, and the space of dead versions is found again at once.
ALTER TABLE outbox SET (fillfactor = 60);
