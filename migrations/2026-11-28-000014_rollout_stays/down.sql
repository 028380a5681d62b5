ALTER TABLE rollout_plans DROP COLUMN stays;
