ALTER TABLE orders ADD COLUMN reminder_policy text NOT NULL DEFAULT 'FollowMain';
ALTER TABLE shipments ADD COLUMN delay_days integer;
