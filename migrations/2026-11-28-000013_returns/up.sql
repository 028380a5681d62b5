-- Who was put back on a team by mistake is gone again since the day on which they had left.

ALTER TABLE members
    ADD COLUMN former_joined_on date,
    ADD COLUMN former_left_on date,
    ADD CHECK ((former_joined_on IS NULL) = (former_left_on IS NULL)),
    ADD CHECK (former_left_on >= former_joined_on);
COMMENT ON COLUMN members.former_left_on IS 'Of a member who came back: the last day of the time before';
