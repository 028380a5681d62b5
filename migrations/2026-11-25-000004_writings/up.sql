-- Human words, apart from the facts, so that they can be erased while the chain still verifies.

CREATE TABLE writings (
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plans (id),
    -- Null: words about the plan itself, such as a mentor's reason for declining.
    step_key text,
    author_id uuid NOT NULL REFERENCES people (id),
    -- evidence: answers as JSON; line: a reviewer's or mentor's line; comment: plain text.
    kind text NOT NULL CHECK (kind IN ('evidence', 'line', 'comment')),
    -- Roles that read it, from the step's visible_to; the author always does.
    visible_to text[] NOT NULL CHECK (visible_to <@ ARRAY['manager', 'mentor', 'superior', 'hr']),
    body bytea,
    salt bytea,
    key_id text,
    written_at timestamptz NOT NULL,
    -- Erasure drops both.
    CHECK ((body IS NULL) = (salt IS NULL))
);
COMMENT ON TABLE writings IS 'Answers, lines, comments; facts hold only their id and digest';
CREATE INDEX writings_plan ON writings (plan_id, step_key);

CREATE TABLE drafts (
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    -- Answers as JSON; nobody but their author reads them.
    body text NOT NULL CHECK (length(body) <= 262144),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, step_key, person_id)
);
COMMENT ON TABLE drafts IS 'Forms that were begun and not handed in';
