ALTER TABLE shipments ADD COLUMN sending_window text;
ALTER TABLE order_state ADD COLUMN sending_window text;
ALTER TABLE notifications ADD COLUMN hand_off_from timestamptz, ADD COLUMN hand_off_until timestamptz;
