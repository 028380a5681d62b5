-- Who has an account, and who is on whose roster.

CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 120 AND name !~ '[[:cntrl:]]'),
    -- Stored in lower case, so that one mailbox is one account.
    email text NOT NULL UNIQUE CHECK (email = lower(email) AND email ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$' AND length(email) <= 254),
    lang text NOT NULL CHECK (lang IN ('en', 'zh-TW')),
    -- An IANA name; the program refuses names that it does not know.
    zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
    -- The calendar whose working days their mail keeps to.
    calendar text NOT NULL CHECK (length(calendar) BETWEEN 1 AND 64),
    brief_hour smallint NOT NULL CHECK (brief_hour BETWEEN 0 AND 23),
    is_hr boolean NOT NULL DEFAULT false,
    -- When their next brief is looked into; on the clock of the program.
    next_brief_at timestamptz NOT NULL,
    -- When HR's next digest is looked into; only HR has one.
    next_digest_at timestamptz CHECK (next_digest_at IS NULL OR is_hr),
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE people IS 'Accounts: managers, mentors, superiors, HR';
CREATE INDEX people_next_brief ON people (next_brief_at);
CREATE INDEX people_next_digest ON people (next_digest_at) WHERE next_digest_at IS NOT NULL;

CREATE TABLE members (
    id uuid PRIMARY KEY,
    manager_id uuid NOT NULL REFERENCES people (id),
    name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 120 AND name !~ '[[:cntrl:]]'),
    position text NOT NULL DEFAULT '' CHECK (length(position) <= 120 AND position !~ '[[:cntrl:]]'),
    joined_on date NOT NULL,
    left_on date CHECK (left_on >= joined_on)
);
COMMENT ON TABLE members IS 'A manager''s team members; they need no account';
CREATE INDEX members_manager ON members (manager_id);
