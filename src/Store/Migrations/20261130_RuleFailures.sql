CREATE INDEX app_events_failed ON app_events (app) WHERE failure IS NOT NULL;
