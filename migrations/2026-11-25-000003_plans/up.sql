-- Plans: their facts, their human words, and the projection that acts load.

CREATE TABLE plans (
    id uuid PRIMARY KEY,
    manager_id uuid NOT NULL REFERENCES people (id),
    superior_id uuid NOT NULL REFERENCES people (id) CHECK (superior_id <> manager_id),
    hr_id uuid NOT NULL REFERENCES people (id),
    -- Whoever was asked last; a part in the plan only once they accepted.
    mentor_id uuid REFERENCES people (id) CHECK (mentor_id <> manager_id AND mentor_id <> superior_id),
    -- JSON of engine::plan::Mentoring.
    mentoring jsonb NOT NULL,
    mentor_state text NOT NULL GENERATED ALWAYS AS (mentoring ->> 'is') STORED
        CHECK (mentor_state IN ('nobody', 'asked', 'accepted', 'declined')),
    release_hash text NOT NULL REFERENCES releases (hash),
    calendar text NOT NULL REFERENCES calendars (name),
    -- The day the manager takes the role.
    effective_on date NOT NULL,
    started_at timestamptz NOT NULL,
    -- The number of the newest fact, and its link of the chain.
    version bigint NOT NULL CHECK (version > 0),
    head bytea NOT NULL CHECK (length(head) = 32),
    -- When time alone will next change the plan; on the clock of the program.
    next_wake_at timestamptz,
    CHECK ((mentor_state = 'nobody') = (mentor_id IS NULL))
);
COMMENT ON TABLE plans IS 'One person''s run of a release (projection of its facts)';
CREATE INDEX plans_manager ON plans (manager_id);
CREATE INDEX plans_superior ON plans (superior_id);
CREATE INDEX plans_mentor ON plans (mentor_id) WHERE mentor_id IS NOT NULL;
CREATE INDEX plans_next_wake ON plans (next_wake_at) WHERE next_wake_at IS NOT NULL;
-- One running plan per person and release: a second press of the button starts nothing.
CREATE UNIQUE INDEX plans_one_start ON plans (manager_id, release_hash, effective_on);

CREATE TABLE facts (
    plan_id uuid NOT NULL REFERENCES plans (id),
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    -- The exact text that the link covers: jsonb would reorder keys.
    payload text NOT NULL,
    link bytea NOT NULL CHECK (length(link) = 32),
    PRIMARY KEY (plan_id, seq)
);
COMMENT ON TABLE facts IS 'What happened: append-only, chained; holds no human words';

CREATE TABLE plan_members (
    plan_id uuid NOT NULL REFERENCES plans (id),
    member_id uuid NOT NULL REFERENCES members (id),
    joined_on date NOT NULL,
    left_on date CHECK (left_on >= joined_on),
    PRIMARY KEY (plan_id, member_id)
);
COMMENT ON TABLE plan_members IS 'The roster of a plan (projection of its facts)';
CREATE INDEX plan_members_member ON plan_members (member_id);

CREATE TABLE steps (
    plan_id uuid NOT NULL REFERENCES plans (id),
    -- engine::vocabulary::StepKey as text.
    key text NOT NULL,
    opens_on date NOT NULL,
    due_on date NOT NULL CHECK (due_on >= opens_on),
    -- JSON of engine::calendar::Why.
    opens_why jsonb NOT NULL,
    due_why jsonb NOT NULL,
    -- JSON of engine::plan::StepState.
    state jsonb NOT NULL,
    status text NOT NULL GENERATED ALWAYS AS (state ->> 'is') STORED
        CHECK (status IN ('todo', 'handed_in', 'returned', 'done', 'lapsed', 'closed')),
    -- The number of the last fact that touched it.
    touched bigint NOT NULL CHECK (touched > 0),
    PRIMARY KEY (plan_id, key)
);
COMMENT ON TABLE steps IS 'Steps of plans (projection of their facts)';
