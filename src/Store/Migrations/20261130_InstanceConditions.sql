ALTER TABLE shipments ADD COLUMN instance_conditions jsonb;
