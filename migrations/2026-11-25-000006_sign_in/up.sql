-- Sign-in links, links that act, sessions. Only hashes of tokens are kept.

CREATE TABLE links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id uuid NOT NULL REFERENCES people (id),
    -- sign_in: makes a session, once, for ten minutes; mentor_answer: accept or decline, until answered.
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'mentor_answer')),
    plan_id uuid REFERENCES plans (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    -- On the database's clock.
    expires_at timestamptz,
    used_at timestamptz,
    CHECK ((purpose = 'mentor_answer') = (plan_id IS NOT NULL)),
    CHECK ((purpose = 'sign_in') = (expires_at IS NOT NULL))
);
COMMENT ON TABLE links IS 'One-purpose links in mail, by the SHA-256 of their token';
CREATE INDEX links_person ON links (person_id);

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    person_id uuid NOT NULL REFERENCES people (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    -- On the database's clock; the absolute end.
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE sessions IS 'Who is signed in, by the SHA-256 of the cookie';
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE travel (
    -- One row at most.
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    -- How far the demo's clock is ahead, in seconds.
    ahead bigint NOT NULL CHECK (ahead >= 0)
);
COMMENT ON TABLE travel IS 'The demo''s clock; empty in real use';
