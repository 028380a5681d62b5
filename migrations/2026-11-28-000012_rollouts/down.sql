DROP TABLE rollout_plans;
DROP TABLE rollouts;
