-- Files handed in as evidence, beside the words: an answer holds the id of its file, so that a file can
-- be erased while the chain over the words still verifies.

CREATE TABLE files (
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL CHECK (step_key <> ''),
    field text NOT NULL CHECK (field ~ '^[a-z][a-z0-9_]*$'),
    -- The newest evidence that names the file; its readers read the file too. Null: only a draft does,
    -- and nobody but whoever uploaded it.
    writing_id uuid REFERENCES writings (id),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]/\\]'),
    media_type text NOT NULL CHECK (media_type ~ '^(application|image|text)/[a-z0-9.+-]+$'),
    size integer NOT NULL CHECK (size BETWEEN 1 AND 10485760),
    body bytea,
    sha256 bytea,
    uploaded_by uuid NOT NULL REFERENCES people (id),
    uploaded_at timestamptz NOT NULL,
    -- Erasure drops both.
    CHECK ((body IS NULL) = (sha256 IS NULL)),
    CHECK (body IS NULL OR (octet_length(body) = size AND octet_length(sha256) = 32))
);
COMMENT ON TABLE files IS 'Uploads: of a draft, or of the evidence that names them';
CREATE INDEX files_step ON files (plan_id, step_key);
CREATE INDEX files_writing ON files (writing_id);
