-- Mail that is owed.

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    -- What makes a second copy of the same letter impossible; the Message-ID is derived from it.
    dedup_key text NOT NULL UNIQUE CHECK (length(dedup_key) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('welcome', 'brief', 'mentor_request', 'digest', 'sign_in')),
    -- 0: sign-in, somebody waits for it; 1: letters that facts owe; 2: briefs and digests.
    lane smallint NOT NULL CHECK (lane BETWEEN 0 AND 2),
    person_id uuid NOT NULL REFERENCES people (id),
    plan_id uuid REFERENCES plans (id),
    -- The local day that a brief or digest is for.
    for_day date,
    owed_at timestamptz NOT NULL,
    -- When it may leave; on the clock of the program.
    due_at timestamptz NOT NULL,
    -- owed: to be sent; sent; unneeded: looked up at delivery and no longer needed; failed: given up.
    state text NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sent', 'unneeded', 'failed')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Leases and back-off run on the database's clock.
    retry_at timestamptz NOT NULL DEFAULT '-infinity',
    lease_owner uuid,
    lease_until timestamptz,
    last_error text,
    settled_at timestamptz,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((state = 'owed') = (settled_at IS NULL))
);
COMMENT ON TABLE outbox IS 'Letters owed, sent and given up; holds no words and no secrets';
CREATE INDEX outbox_owed ON outbox (lane, due_at) WHERE state = 'owed';
CREATE INDEX outbox_person ON outbox (person_id, for_day);
