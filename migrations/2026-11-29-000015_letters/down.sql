DROP TABLE incoming;
ALTER TABLE people DROP COLUMN hour_is_own;
ALTER TABLE outbox DROP COLUMN meeting_id;
ALTER TABLE links DROP COLUMN meeting_id;
DROP TABLE meetings, report_answers, escalations, snoozes, stopped, bounced;
DELETE FROM links WHERE purpose NOT IN ('sign_in', 'mentor_answer');
ALTER TABLE links
    DROP COLUMN step_key,
    DROP COLUMN act,
    DROP COLUMN seen,
    DROP COLUMN letter_id,
    DROP COLUMN topic,
    DROP COLUMN plan_day,
    DROP COLUMN slot,
    DROP COLUMN items,
    DROP CONSTRAINT links_purpose_check,
    DROP CONSTRAINT links_mentor_answer,
    ADD CONSTRAINT links_purpose_check CHECK (purpose IN ('sign_in', 'mentor_answer')),
    ADD CONSTRAINT links_check CHECK ((purpose = 'mentor_answer') = (plan_id IS NOT NULL));
DELETE FROM outbox
    WHERE kind NOT IN ('welcome', 'brief', 'mentor_request', 'digest', 'sign_in') OR state = 'held';
DROP INDEX outbox_sent;
DROP INDEX outbox_state;
ALTER TABLE outbox
    DROP COLUMN step_key,
    DROP COLUMN why,
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('welcome', 'brief', 'mentor_request', 'digest', 'sign_in')),
    DROP CONSTRAINT outbox_state_check,
    ADD CONSTRAINT outbox_state_check CHECK (state IN ('owed', 'sent', 'unneeded', 'failed'));
