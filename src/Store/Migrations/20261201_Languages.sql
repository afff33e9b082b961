-- What a shipment says in further languages than the one of its own columns; null for most.
ALTER TABLE shipments ADD COLUMN texts jsonb;

-- Which of them its reader is shown.
ALTER TABLE resolved_recipients ADD COLUMN language text;
ALTER TABLE notifications ADD COLUMN language text;
ALTER TABLE fallbacks ADD COLUMN language text;
