-- Where creators may send in an environment that sends to listed addresses only.
CREATE TABLE test_recipients (
    creator text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (creator, channel, address)
);

-- Messages that were about to be made twice, by day: what they were saved by.
CREATE TABLE prevented_duplicates (
    kind  text NOT NULL,
    day   date NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (kind, day)
) WITH (fillfactor = 50);

-- Channels beside e-mail and SMS.
CREATE INDEX notifications_waiting_other ON notifications (next_attempt_at) WHERE state = 'New' AND channel NOT IN ('Email', 'Sms');
