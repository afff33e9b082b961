ALTER TABLE shipments ADD COLUMN condition_endpoint text, ADD COLUMN condition_on_error text;

ALTER TABLE order_state
    ADD COLUMN condition text,
    ADD COLUMN condition_tries integer NOT NULL DEFAULT 0,
    ADD COLUMN condition_asked_at timestamptz,
    ADD COLUMN condition_met_at timestamptz,
    ADD COLUMN ask_condition_token_id uuid;
