-- Texts that creators order by name. A version is never changed: what was ordered with it stays what it was.
CREATE TABLE templates (
    creator    text NOT NULL,
    name       text NOT NULL,
    version    integer NOT NULL,
    content    jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    retired_at timestamptz,
    PRIMARY KEY (creator, name, version)
);
