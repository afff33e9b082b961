CREATE TABLE notification_rules (
    creator     text NOT NULL,
    id          text NOT NULL,
    app         text NOT NULL,
    rule        jsonb NOT NULL,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (creator, id)
);
CREATE INDEX notification_rules_app ON notification_rules (app);

-- What became of a step that an instance came to: an order, or the reason why there is none. The key is what makes it one order.
CREATE TABLE rule_steps (
    creator      text NOT NULL,
    rule_id      text NOT NULL,
    instance_id  text NOT NULL,
    step         text NOT NULL,
    at           timestamptz NOT NULL,
    order_id     uuid,
    refusal      text,
    PRIMARY KEY (creator, rule_id, instance_id, step)
);
CREATE INDEX rule_steps_newest ON rule_steps (creator, rule_id, at);

CREATE TABLE app_events (
    id               uuid PRIMARY KEY,
    app              text NOT NULL,
    event_id         text NOT NULL,
    instance_id      text NOT NULL,
    type             text NOT NULL,
    happened_at      timestamptz NOT NULL,
    received_at      timestamptz NOT NULL,
    attempts         integer NOT NULL,
    next_attempt_at  timestamptz,
    failure          text
);
CREATE UNIQUE INDEX app_events_event ON app_events (app, event_id);
CREATE INDEX app_events_received ON app_events (app, received_at);
CREATE INDEX app_events_age ON app_events (received_at);
CREATE INDEX app_events_waiting ON app_events (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Which events of an instance end what waits of an order.
CREATE TABLE order_stops (
    order_id     uuid NOT NULL,
    event        text NOT NULL,
    app          text NOT NULL,
    instance_id  text NOT NULL,
    PRIMARY KEY (order_id, event)
);
CREATE INDEX order_stops_instance ON order_stops (instance_id, event);

CREATE TABLE app_subscriptions (
    creator          text NOT NULL,
    app              text NOT NULL,
    subscription_id  bigint NOT NULL,
    subscribed_at    timestamptz NOT NULL,
    PRIMARY KEY (creator, app)
);
