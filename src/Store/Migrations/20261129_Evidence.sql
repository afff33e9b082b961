-- Calls to providers that take only so many: a row for each account, none where there is no limit.
CREATE TABLE provider_calls (
    provider text PRIMARY KEY,
    at       timestamptz[] NOT NULL,
    made     integer[] NOT NULL
) WITH (fillfactor = 50);

-- Addresses that are known to be bad, for a while.
CREATE TABLE bad_addresses (
    creator text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    reason  text NOT NULL,
    since   timestamptz NOT NULL,
    until   timestamptz NOT NULL,
    times   integer NOT NULL,
    PRIMARY KEY (creator, channel, address)
);
