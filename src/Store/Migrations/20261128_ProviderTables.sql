-- Who is not to be called for a while, and why: one row at most for a provider and a sender, none while all is well.
CREATE TABLE provider_pauses (
    provider text NOT NULL,
    sender   text NOT NULL,
    cause    text NOT NULL,
    answer   text NOT NULL,
    since    timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    tries    integer NOT NULL,
    PRIMARY KEY (provider, sender)
) WITH (fillfactor = 50);

-- One channel's backlog is not in the way of the other's.
DROP INDEX notifications_waiting;
CREATE INDEX notifications_waiting_email ON notifications (next_attempt_at) WHERE state = 'New' AND channel = 'Email';
CREATE INDEX notifications_waiting_sms ON notifications (next_attempt_at) WHERE state = 'New' AND channel = 'Sms';

-- E-mail that the provider took and nobody has reported on.
CREATE INDEX notifications_unreported ON notifications (next_attempt_at) WHERE state = 'Sending' AND next_attempt_at IS NOT NULL;
