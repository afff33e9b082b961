-- Orders of v1 carry no idempotency id, and nulls are never equal to the unique index.
ALTER TABLE orders ALTER COLUMN idempotency_id DROP NOT NULL, ALTER COLUMN fingerprint DROP NOT NULL;

-- An order is read back as it was written: with the member, or without it.
ALTER TABLE shipments ALTER COLUMN ignore_reservation DROP NOT NULL;
CREATE INDEX shipments_reference ON shipments (creator, senders_reference, created_at, id) WHERE senders_reference IS NOT NULL;

ALTER TABLE notifications ADD national_identity_number text, ADD organization_number text, ADD external_identity text;

-- The notifications of a large shipment are read page by page.
DROP INDEX notifications_shipment;
CREATE INDEX notifications_shipment ON notifications (shipment_id, id);
