-- Nothing is looked up by them, and each letter had to keep them: what somebody was sent is found by
-- outbox_person. (Links of the purpose 'back' are made no more: a letter is known by one row.)
DROP INDEX links_person;
DROP INDEX links_letter;
DROP INDEX outbox_sent;
