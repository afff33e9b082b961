-- How far each creator has used up its share of an account, and how far those of its messages reach that wait for their turn. No rows where no share is set.
CREATE TABLE creator_shares (
    provider   text NOT NULL,
    creator    text NOT NULL,
    used_until timestamptz NOT NULL,
    line_until timestamptz NOT NULL,
    PRIMARY KEY (provider, creator)
) WITH (fillfactor = 50);

ALTER TABLE notifications ADD COLUMN turn_at timestamptz;
