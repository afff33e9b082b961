CREATE TABLE verified_senders (
    creator     text NOT NULL,
    channel     text NOT NULL,
    sender      text NOT NULL,
    verified_at timestamptz NOT NULL,
    PRIMARY KEY (creator, channel, sender)
);

CREATE TABLE daily_orders (
    creator text NOT NULL,
    day     date NOT NULL,
    orders  integer NOT NULL,
    PRIMARY KEY (creator, day)
) WITH (fillfactor = 50);
