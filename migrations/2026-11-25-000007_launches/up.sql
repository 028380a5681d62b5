-- Playbooks are launched on demand, and their days count from then: the projection of a plan keeps
-- the day of each.

ALTER TABLE plans ADD COLUMN launches jsonb NOT NULL DEFAULT '{}'
    CHECK (jsonb_typeof(launches) = 'object');
COMMENT ON COLUMN plans.launches IS 'JSON of engine::plan::Plan::launches: playbook to the day of its launch';
