-- What is under way is counted and listed by its state, the oldest first, without a look at what is over.
CREATE INDEX order_state_open ON order_state (current_state, state_since, correlation_id) WHERE stands_until IS NOT NULL;
