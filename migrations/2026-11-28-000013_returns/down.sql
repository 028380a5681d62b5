ALTER TABLE members
    DROP COLUMN former_joined_on,
    DROP COLUMN former_left_on;
