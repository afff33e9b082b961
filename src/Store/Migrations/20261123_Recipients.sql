-- A recipient may have several contacts: an organization and those who registered addresses of their own for it.
ALTER TABLE resolved_recipients
    ADD COLUMN contact integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT resolved_recipients_pkey,
    ADD PRIMARY KEY (shipment_id, ordinal, contact);

-- How many of the recipients of a large shipment have their notifications.
ALTER TABLE order_state ADD COLUMN planned_recipients integer NOT NULL DEFAULT 0;
