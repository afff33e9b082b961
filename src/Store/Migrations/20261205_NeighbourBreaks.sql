-- Neighbours that a host does not ask at present, because they gave it no usable answers; none while all is well.
CREATE TABLE neighbour_breaks (
    neighbour text NOT NULL,
    host      text NOT NULL,
    answer    text NOT NULL,
    since     timestamptz NOT NULL,
    until     timestamptz NOT NULL,
    PRIMARY KEY (neighbour, host)
) WITH (fillfactor = 50);
