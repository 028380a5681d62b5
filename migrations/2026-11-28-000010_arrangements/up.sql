-- Plans survive change: leave, pauses, deputies, steps of one plan alone, upgrades, ends. The projection
-- keeps what was arranged; columns beside it are what queries ask for.

ALTER TABLE plans ADD COLUMN arranged jsonb NOT NULL DEFAULT '{}'
    CHECK (jsonb_typeof(arranged) = 'object');
COMMENT ON COLUMN plans.arranged IS 'JSON of engine::arrange::Arrangement';

-- Stands in for the mentor, and has a part in the plan as long as that is so.
ALTER TABLE plans ADD COLUMN deputy_id uuid REFERENCES people (id)
    CHECK (deputy_id <> manager_id AND deputy_id <> superior_id);
CREATE INDEX plans_deputy ON plans (deputy_id) WHERE deputy_id IS NOT NULL;

-- Asked to take over from a mentor, who mentors until the answer is yes.
ALTER TABLE plans ADD COLUMN next_mentor_id uuid REFERENCES people (id)
    CHECK (next_mentor_id <> manager_id AND next_mentor_id <> superior_id);
CREATE INDEX plans_next_mentor ON plans (next_mentor_id) WHERE next_mentor_id IS NOT NULL;

-- Graduated, ended early or cancelled; on the clock of the program.
ALTER TABLE plans ADD COLUMN ended_at timestamptz;
CREATE INDEX plans_running ON plans (release_hash) WHERE ended_at IS NULL;
CREATE INDEX plans_running_calendar ON plans (calendar) WHERE ended_at IS NULL;

-- The words of a step that one plan alone has (JSON of title and text), and reasons of waiving, leaving
-- out and ending.
ALTER TABLE writings DROP CONSTRAINT writings_kind_check;
ALTER TABLE writings ADD CONSTRAINT writings_kind_check
    CHECK (kind IN ('evidence', 'line', 'comment', 'reason', 'step'));
