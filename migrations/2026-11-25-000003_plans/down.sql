DROP TABLE steps;
DROP TABLE plan_members;
DROP TABLE facts;
DROP TABLE plans;
