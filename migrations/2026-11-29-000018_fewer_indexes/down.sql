CREATE INDEX outbox_sent ON outbox (person_id, settled_at) WHERE state = 'sent';
CREATE INDEX links_letter ON links (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX links_person ON links (person_id);
