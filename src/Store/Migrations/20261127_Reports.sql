-- What nobody knows is found without looking at what everybody knows.
CREATE INDEX delivery_reports_unmatched ON delivery_reports (id) WHERE notification_id IS NULL;
CREATE INDEX delivery_reports_unmatched_time ON delivery_reports (received_at) WHERE notification_id IS NULL;
