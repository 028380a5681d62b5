-- What a company does otherwise than its calendar: days off, days worked, half days, and freezes, in
-- which nothing of a plan is due. They stay when a published year is imported over the calendar.

CREATE TABLE calendar_overrides (
    id uuid PRIMARY KEY,
    -- Null: in every calendar.
    calendar text REFERENCES calendars (name),
    kind text NOT NULL CHECK (kind IN ('off', 'worked', 'half', 'freeze')),
    from_on date NOT NULL,
    until_on date NOT NULL CHECK (until_on >= from_on AND until_on - from_on <= 60),
    name_en text NOT NULL CHECK (char_length(name_en) BETWEEN 1 AND 120 AND name_en !~ '[[:cntrl:]]'),
    name_zh_tw text NOT NULL CHECK (char_length(name_zh_tw) BETWEEN 1 AND 120 AND name_zh_tw !~ '[[:cntrl:]]'),
    added_by uuid NOT NULL REFERENCES people (id),
    added_at timestamptz NOT NULL
);
COMMENT ON TABLE calendar_overrides IS 'Company days on top of published calendars';
CREATE INDEX calendar_overrides_calendar ON calendar_overrides (calendar);
