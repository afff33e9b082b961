ALTER TABLE webhooks ADD COLUMN batch_size integer NOT NULL DEFAULT 1;
