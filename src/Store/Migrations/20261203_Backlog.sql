-- Shipments that are due and wait to be admitted. In the order of their ids for each creator.
CREATE TABLE backlog (
    creator     text NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    shipment_id uuid NOT NULL,
    PRIMARY KEY (creator, id)
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
