-- What an upgrade left as it was in a plan, since somebody was at it, is told afterwards too.

ALTER TABLE rollout_plans ADD COLUMN stays integer NOT NULL DEFAULT 0 CHECK (stays >= 0);
COMMENT ON COLUMN rollout_plans.stays IS 'Steps that stayed as they were in the plan when it was upgraded';
