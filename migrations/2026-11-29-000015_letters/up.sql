-- Mail that can be acted on, answered and stopped: more kinds of letters, links that act on a step,
-- addresses that bounce, topics that people stopped, steps put off, meetings, and what came in.

ALTER TABLE outbox
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check CHECK (kind IN (
        'welcome', 'brief', 'mentor_request', 'digest', 'sign_in', 'mentor_reminder', 'mentor_silent', 'returned',
        'review', 'gate', 'checkpoint', 'graduation', 'proposal', 'meeting', 'answer')),
    DROP CONSTRAINT outbox_state_check,
    -- held: not sent until somebody corrects the address.
    ADD CONSTRAINT outbox_state_check CHECK (state IN ('owed', 'sent', 'unneeded', 'failed', 'held')),
    -- Of which step it speaks.
    ADD COLUMN step_key text CHECK (length(step_key) BETWEEN 1 AND 200),
    -- A code: why it was not needed, is held, or waits.
    ADD COLUMN why text CHECK (length(why) BETWEEN 1 AND 64);
COMMENT ON COLUMN outbox.why IS 'A code for why a letter was not needed, is held or was put off; the sentence is the page''s';
-- HR's page of one state, newest first.
CREATE INDEX outbox_state ON outbox (state, id);
-- What somebody was sent lately, for the most urgent letters a day.
CREATE INDEX outbox_sent ON outbox (person_id, settled_at) WHERE state = 'sent';

ALTER TABLE links
    DROP CONSTRAINT links_purpose_check,
    DROP CONSTRAINT links_check,
    -- sign_in and mentor_answer as before; step: one act on one step, until it closes; report: a superior's
    -- "seen" or "let's talk"; slot: one of the proposed times of a meeting; letter: answers to one letter; back:
    -- what servers report of it, by a secret that no answer gives away; unsubscribe: stops one topic.
    ADD CONSTRAINT links_purpose_check CHECK (purpose IN (
        'sign_in', 'mentor_answer', 'step', 'report', 'slot', 'letter', 'back', 'unsubscribe')),
    ADD COLUMN step_key text,
    ADD COLUMN act text CHECK (act IN ('done', 'snooze', 'accept', 'return', 'seen', 'talk')),
    -- The plan's version that the letter showed: a review of what was handed in since is nobody's yes.
    ADD COLUMN seen bigint CHECK (seen >= 0),
    ADD COLUMN letter_id uuid REFERENCES outbox (id),
    ADD COLUMN topic text CHECK (topic IN ('reminders', 'queue', 'reports', 'digest')),
    ADD COLUMN plan_day smallint CHECK (plan_day >= 1),
    ADD COLUMN meeting_id uuid,
    ADD COLUMN slot timestamptz,
    -- What a letter listed, by number: what an answer may mean.
    ADD COLUMN items jsonb,
    ADD CONSTRAINT links_mentor_answer CHECK (purpose <> 'mentor_answer' OR plan_id IS NOT NULL),
    ADD CHECK ((purpose = 'step') = (step_key IS NOT NULL)),
    ADD CHECK (purpose <> 'step' OR plan_id IS NOT NULL AND act IN ('done', 'snooze', 'accept', 'return')),
    ADD CHECK (purpose <> 'report' OR plan_id IS NOT NULL AND plan_day IS NOT NULL AND act IN ('seen', 'talk')),
    ADD CHECK ((purpose = 'slot') = (slot IS NOT NULL AND meeting_id IS NOT NULL)),
    ADD CHECK ((purpose IN ('letter', 'back')) = (letter_id IS NOT NULL)),
    ADD CHECK ((purpose = 'unsubscribe') = (topic IS NOT NULL));
CREATE INDEX links_letter ON links (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX links_step ON links (plan_id, step_key) WHERE step_key IS NOT NULL;

CREATE TABLE bounced (
    -- As in people; correcting somebody's address leaves it behind.
    email text PRIMARY KEY CHECK (email = lower(email)),
    at timestamptz NOT NULL,
    -- RFC 3463, such as 5.1.1.
    status text NOT NULL CHECK (status ~ '^5\.[0-9]{1,3}\.[0-9]{1,3}$'),
    -- What the receiving server said, one line.
    said text NOT NULL CHECK (length(said) <= 500 AND said !~ '[[:cntrl:]]')
);
COMMENT ON TABLE bounced IS 'Addresses that take no mail; nothing is sent there until HR corrects or tries them';

CREATE TABLE stopped (
    person_id uuid NOT NULL REFERENCES people (id),
    topic text NOT NULL CHECK (topic IN ('reminders', 'queue', 'reports', 'digest')),
    at timestamptz NOT NULL,
    -- page: the settings; link, mail: unsubscribed from a letter; complaint: called unwanted at their provider.
    by text NOT NULL CHECK (by IN ('page', 'link', 'mail', 'complaint')),
    PRIMARY KEY (person_id, topic)
);
COMMENT ON TABLE stopped IS 'Topics of mail that people stopped; their steps stay';

CREATE TABLE snoozes (
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    -- The first day on which letters name the step again.
    until date NOT NULL,
    times smallint NOT NULL CHECK (times >= 1),
    PRIMARY KEY (plan_id, step_key, person_id)
);
COMMENT ON TABLE snoozes IS 'Steps that somebody put off; their days stay as they are';

CREATE TABLE escalations (
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    -- The day it was due: moved on, it may be late once more.
    due date NOT NULL,
    rung text NOT NULL CHECK (rung IN ('mentor', 'superior', 'hr')),
    -- The letter that says it.
    letter_id uuid NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (plan_id, step_key, due, rung)
);
COMMENT ON TABLE escalations IS 'Who was told that a step is late; each rung once';
CREATE INDEX escalations_letter ON escalations (letter_id);

CREATE TABLE report_answers (
    plan_id uuid NOT NULL REFERENCES plans (id),
    plan_day smallint NOT NULL CHECK (plan_day >= 1),
    person_id uuid NOT NULL REFERENCES people (id),
    answer text NOT NULL CHECK (answer IN ('seen', 'talk')),
    at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, plan_day)
);
COMMENT ON TABLE report_answers IS 'What a superior answered to a report at a checkpoint';

CREATE TABLE meetings (
    -- The UID of its invitations.
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    -- What the step was called, in both languages, for the letter that says that it left the plan.
    title jsonb NOT NULL,
    -- With whom the manager meets.
    other_id uuid NOT NULL REFERENCES people (id),
    -- proposed: one of the slots is to be chosen; agreed: at starts_at; moving: at starts_at until one of the
    -- slots is chosen instead; held: its time came, and another one was begun; cancelled.
    state text NOT NULL CHECK (state IN ('proposed', 'agreed', 'moving', 'held', 'cancelled')),
    -- What was offered last, by whom; it stays when a slot is chosen, for whoever chooses another.
    offered_by uuid NOT NULL REFERENCES people (id),
    slots timestamptz[] NOT NULL CHECK (cardinality(slots) BETWEEN 0 AND 3),
    slot_minutes smallint NOT NULL CHECK (slot_minutes BETWEEN 5 AND 480),
    slot_place text NOT NULL CHECK (length(slot_place) <= 200 AND slot_place !~ '[[:cntrl:]]'),
    -- Grows with each offer.
    round integer NOT NULL CHECK (round >= 0),
    -- What was agreed on last.
    starts_at timestamptz,
    minutes smallint CHECK (minutes BETWEEN 5 AND 480),
    place text CHECK (length(place) <= 200 AND place !~ '[[:cntrl:]]'),
    -- RFC 5545: of the newest invitation or cancellation; none before the first.
    sequence integer CHECK (sequence >= 0),
    -- The first invitation that was written to each; none: their calendar has nothing to cancel.
    manager_from integer,
    other_from integer,
    -- The time that the newest named: a cancellation calls off that, and not what was never sent.
    manager_told timestamptz,
    other_told timestamptz,
    -- What their calendars answered to the newest.
    manager_says text CHECK (manager_says IN ('accepted', 'declined', 'tentative')),
    other_says text CHECK (other_says IN ('accepted', 'declined', 'tentative')),
    changed_at timestamptz NOT NULL,
    CHECK ((starts_at IS NULL) = (minutes IS NULL) AND (starts_at IS NULL) = (place IS NULL)),
    CHECK (state NOT IN ('agreed', 'moving', 'held') OR starts_at IS NOT NULL),
    CHECK (state NOT IN ('proposed', 'moving') OR cardinality(slots) > 0),
    CHECK ((starts_at IS NULL) = (sequence IS NULL))
);
COMMENT ON TABLE meetings IS 'Times on which two people agreed for a step; no rule of the plan rests on them';
CREATE UNIQUE INDEX meetings_step ON meetings (plan_id, step_key) WHERE state IN ('proposed', 'agreed', 'moving');
ALTER TABLE links ADD FOREIGN KEY (meeting_id) REFERENCES meetings (id);
ALTER TABLE outbox ADD COLUMN meeting_id uuid REFERENCES meetings (id);

-- Whoever has an account keeps the hour that stands in it.
ALTER TABLE people ADD COLUMN hour_is_own boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN people.hour_is_own IS 'Whether the hour of the brief was chosen; until then a program may give one';

CREATE TABLE incoming (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    -- SHA-256 of the message: one that comes twice is read once.
    digest bytea NOT NULL UNIQUE CHECK (length(digest) = 32),
    kind text NOT NULL CHECK (kind IN ('reply', 'bounce', 'complaint', 'calendar', 'unsubscribe', 'automatic', 'unknown')),
    person_id uuid REFERENCES people (id),
    letter_id uuid REFERENCES outbox (id),
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'ignored')),
    -- A code; nothing that the message said.
    why text CHECK (length(why) BETWEEN 1 AND 64)
);
COMMENT ON TABLE incoming IS 'Mail that came in and what became of it; holds no words';
CREATE INDEX incoming_at ON incoming (at);
