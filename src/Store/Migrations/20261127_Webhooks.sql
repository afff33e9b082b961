CREATE TABLE webhooks (
    id               uuid PRIMARY KEY,
    creator          text NOT NULL,
    endpoint         text NOT NULL,
    statuses         text[],
    secret           bytea NOT NULL,
    old_secret       bytea,
    old_secret_until timestamptz,
    state            text NOT NULL,
    delivered_to     bigint NOT NULL,
    allowed_rate     integer,
    created_at       timestamptz NOT NULL,
    next_attempt_at  timestamptz,
    lease            uuid,
    leased_until     timestamptz,
    failures         integer NOT NULL,
    failing_since    timestamptz,
    last_failure_at  timestamptz,
    last_failure     text,
    last_success_at  timestamptz
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
CREATE INDEX webhooks_creator ON webhooks (creator, created_at);
CREATE INDEX webhooks_due ON webhooks (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- For replays from a time. Entries come in the order of their time, so that this index costs their writers nothing worth the name.
CREATE INDEX status_feed_time ON status_feed USING brin (created_at) WITH (autosummarize = true, pages_per_range = 16);
