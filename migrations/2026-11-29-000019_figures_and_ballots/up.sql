-- Ballots of a team, which nobody can lead back to who cast them; and tables of figures from a CRM, which are
-- looked at before anything is taken from them.

CREATE TABLE pulses (
    id uuid PRIMARY KEY,
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    opened_by uuid NOT NULL REFERENCES people (id),
    opened_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL CHECK (closes_at > opened_at),
    -- How many were made. A pulse of fewer than five could never be read.
    codes smallint NOT NULL CHECK (codes BETWEEN 5 AND 200),
    -- All of them in one row, sorted by what they say: a row for each would keep the order in which they came,
    -- and the transaction that spent the code.
    ballots jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(ballots) = 'array' AND jsonb_array_length(ballots) <= codes),
    UNIQUE (plan_id, step_key)
);
COMMENT ON TABLE pulses IS 'What teams said in secret: ballots without a person, a time or an order';

CREATE TABLE pulse_codes (
    -- The code itself stands on paper alone.
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    pulse_id uuid NOT NULL REFERENCES pulses (id) ON DELETE CASCADE,
    is_spent boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE pulse_codes IS 'Each counts once; none belongs to a person, and none to a ballot';
CREATE INDEX pulse_codes_pulse ON pulse_codes (pulse_id);

CREATE TABLE figure_tables (
    plan_id uuid NOT NULL REFERENCES plans (id),
    step_key text NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200 AND name !~ '[[:cntrl:]]'),
    body bytea NOT NULL CHECK (length(body) BETWEEN 1 AND 4194304),
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, step_key, person_id)
);
COMMENT ON TABLE figure_tables IS 'A CSV until its figures are taken over, a day at most; only who uploaded it reads it';
CREATE INDEX figure_tables_uploaded ON figure_tables (uploaded_at);

CREATE TABLE figure_readings (
    plan_id uuid NOT NULL REFERENCES plans (id),
    -- For every turn of the step.
    step_id text NOT NULL,
    person_id uuid NOT NULL REFERENCES people (id),
    -- How each field is worked out from the columns.
    reading jsonb NOT NULL CHECK (jsonb_typeof(reading) = 'object' AND length(reading::text) <= 65536),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, step_id, person_id)
);
COMMENT ON TABLE figure_readings IS 'How somebody reads their CRM''s columns, remembered from month to month';

-- A demo can stand on a day that has passed.
ALTER TABLE travel DROP CONSTRAINT travel_ahead_check;
