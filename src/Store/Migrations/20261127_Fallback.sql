ALTER TABLE shipments ADD COLUMN fallback text, ADD COLUMN fallback_after interval;
ALTER TABLE order_state ADD COLUMN has_fallback boolean NOT NULL DEFAULT false, ADD COLUMN fallback_token_id uuid;

-- What goes out over the other channel should the messages fail that name it; gone when it is used, and with the end of the shipment.
CREATE TABLE fallbacks (
    id                       uuid PRIMARY KEY,
    shipment_id              uuid NOT NULL,
    instead_of               uuid NOT NULL,
    channel                  text NOT NULL,
    address                  text NOT NULL,
    recipient_name           text,
    resource_name            text,
    national_identity_number text,
    organization_number      text,
    external_identity        text,
    due_at                   timestamptz
);
CREATE INDEX fallbacks_shipment ON fallbacks (shipment_id, instead_of);

ALTER TABLE notifications ADD COLUMN fallback uuid;
CREATE INDEX notifications_fallback ON notifications (shipment_id, fallback) WHERE fallback IS NOT NULL;
