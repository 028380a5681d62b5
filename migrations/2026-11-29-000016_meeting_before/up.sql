-- A time chosen from an offer to move a meeting can be undone only if it is known what stood until then.
ALTER TABLE meetings
    -- While the newest offer was open; none: nothing was agreed on.
    ADD COLUMN before_starts_at timestamptz,
    ADD COLUMN before_minutes smallint CHECK (before_minutes BETWEEN 5 AND 480),
    ADD COLUMN before_place text CHECK (length(before_place) <= 200 AND before_place !~ '[[:cntrl:]]'),
    ADD CHECK (
        (before_starts_at IS NULL) = (before_minutes IS NULL) AND (before_starts_at IS NULL) = (before_place IS NULL)
    );
