-- Curriculum files that HR uploaded and has not published: checked and looked at first, by more than one
-- request, so the files wait here.

CREATE TABLE curriculum_drafts (
    id uuid PRIMARY KEY,
    -- What it was uploaded as: the name of the zip, of the folder or of the file.
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    uploaded_by uuid NOT NULL REFERENCES people (id),
    uploaded_at timestamptz NOT NULL,
    -- Names of what came along and is no curriculum file.
    ignored text[] NOT NULL DEFAULT '{}' CHECK (cardinality(ignored) <= 5000)
);
COMMENT ON TABLE curriculum_drafts IS 'Uploaded curriculum files, dropped thirty days after the upload';
CREATE INDEX curriculum_drafts_uploaded_at ON curriculum_drafts (uploaded_at);

CREATE TABLE curriculum_draft_files (
    draft_id uuid NOT NULL REFERENCES curriculum_drafts (id) ON DELETE CASCADE,
    -- From the folder on, as a release names its sources.
    path text NOT NULL CHECK (char_length(path) BETWEEN 1 AND 200 AND path !~ '[[:cntrl:]\\]' AND path !~ '^/'),
    -- A byte more than the compiler takes, which shows that a file is too large.
    body bytea NOT NULL CHECK (octet_length(body) <= 1048577),
    PRIMARY KEY (draft_id, path)
);
COMMENT ON TABLE curriculum_draft_files IS 'The files of a draft, byte for byte';
