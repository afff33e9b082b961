-- The files of composed e-mail: where each is until it is fetched, what it is from then on until the shipment is final.
CREATE TABLE attachments (
    shipment_id uuid NOT NULL,
    ordinal     integer NOT NULL,
    filename    text NOT NULL,
    mime_type   text NOT NULL,
    address     text,
    expires_at  timestamptz NOT NULL,
    content     bytea,
    failure     text,
    PRIMARY KEY (shipment_id, ordinal)
);
-- Most kinds of files are compressed already.
ALTER TABLE attachments ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE order_state ADD COLUMN has_attachments boolean NOT NULL DEFAULT false;
ALTER TABLE notifications ADD COLUMN has_attachments boolean NOT NULL DEFAULT false;
