-- Running plans take a release in one go: HR decides once, every plan is a transaction of its own, any
-- instance goes on with what is left, and the page shows how far it is.

CREATE TABLE rollouts (
    id uuid PRIMARY KEY,
    program text NOT NULL,
    release_hash text NOT NULL,
    -- JSON of engine::upgrade::Policy.
    policy jsonb NOT NULL CHECK (jsonb_typeof(policy) = 'object'),
    started_by uuid NOT NULL REFERENCES people (id),
    started_at timestamptz NOT NULL,
    -- When somebody asked for it to be undone.
    undone_by uuid REFERENCES people (id),
    undone_at timestamptz,
    FOREIGN KEY (program, release_hash) REFERENCES releases (program, hash),
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
COMMENT ON TABLE rollouts IS 'Upgrades of running plans to a release';

CREATE TABLE rollout_plans (
    rollout_id uuid NOT NULL REFERENCES rollouts (id),
    plan_id uuid NOT NULL REFERENCES plans (id),
    -- waiting: to be upgraded; done; refused: left as it was, see why. The same for undoing.
    state text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'done', 'refused', 'undo_waiting', 'undone', 'undo_refused')),
    -- The number of the fact, for undoing.
    deed bigint CHECK (deed > 0),
    -- A code of the refusal.
    why text CHECK (why ~ '^[a-z_]+$'),
    settled_at timestamptz,
    PRIMARY KEY (rollout_id, plan_id),
    CHECK ((state IN ('done', 'undo_waiting', 'undone', 'undo_refused')) = (deed IS NOT NULL))
);
COMMENT ON TABLE rollout_plans IS 'The plans of a rollout, and how far each is';
CREATE INDEX rollout_plans_waiting ON rollout_plans (rollout_id) WHERE state IN ('waiting', 'undo_waiting');
CREATE INDEX rollout_plans_plan ON rollout_plans (plan_id);
