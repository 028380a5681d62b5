DELETE FROM report_answers WHERE plan_day IS NULL;
ALTER TABLE report_answers
    DROP COLUMN about,
    DROP CONSTRAINT report_answers_about,
    DROP CONSTRAINT report_answers_checkpoint,
    DROP COLUMN step_key,
    ALTER COLUMN plan_day SET NOT NULL,
    ADD PRIMARY KEY (plan_id, plan_day);
COMMENT ON TABLE report_answers IS 'What a superior answered to a report at a checkpoint';

DELETE FROM links WHERE purpose = 'step' AND act IN ('seen', 'talk');
ALTER TABLE links
    DROP CONSTRAINT links_step_act,
    ADD CONSTRAINT links_check2 CHECK (
        purpose <> 'step' OR plan_id IS NOT NULL AND act IN ('done', 'snooze', 'accept', 'return'));

UPDATE outbox SET kind = 'checkpoint' WHERE kind = 'report';
ALTER TABLE outbox
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check CHECK (kind IN (
        'welcome', 'brief', 'mentor_request', 'digest', 'sign_in', 'mentor_reminder', 'mentor_silent', 'returned',
        'review', 'gate', 'checkpoint', 'graduation', 'proposal', 'meeting', 'answer'));
