-- A step can be a report as well: who gets it by mail says "seen" or "let's talk", as to those at checkpoints.

ALTER TABLE outbox
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check CHECK (kind IN (
        'welcome', 'brief', 'mentor_request', 'digest', 'sign_in', 'mentor_reminder', 'mentor_silent', 'returned',
        'review', 'gate', 'report', 'checkpoint', 'graduation', 'proposal', 'meeting', 'answer'));

ALTER TABLE links
    DROP CONSTRAINT links_check2,
    ADD CONSTRAINT links_step_act CHECK (
        purpose <> 'step'
        OR plan_id IS NOT NULL AND act IN ('done', 'snooze', 'accept', 'return', 'seen', 'talk'));

ALTER TABLE report_answers
    DROP CONSTRAINT report_answers_pkey,
    ALTER COLUMN plan_day DROP NOT NULL,
    ADD COLUMN step_key text CHECK (length(step_key) BETWEEN 1 AND 200),
    -- One of both: a report at a checkpoint, or what was handed in for a step.
    ADD CONSTRAINT report_answers_about CHECK (num_nonnulls(plan_day, step_key) = 1);
ALTER TABLE report_answers
    -- No step's key is a number.
    ADD COLUMN about text GENERATED ALWAYS AS (coalesce(step_key, plan_day::text)) STORED,
    ADD PRIMARY KEY (plan_id, about),
    -- What the version before writes by.
    ADD CONSTRAINT report_answers_checkpoint UNIQUE (plan_id, plan_day);
COMMENT ON TABLE report_answers IS 'What somebody answered to a report: "seen", or "let''s talk"';
