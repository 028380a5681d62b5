-- Nothing is looked up by them, and each letter had to keep them: what somebody was sent is found by
-- outbox_person. (Links of the purpose 'back' are
-- made and read no more: a letter is known by one row. Bounces of letters that left before are of no known one.)
DROP INDEX links_person;
DROP INDEX links_letter;
DROP INDEX outbox_sent;
