-- A plan without launches loses nothing; the facts keep the others.

ALTER TABLE plans DROP COLUMN launches;
