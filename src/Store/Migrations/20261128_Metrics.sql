-- Orders come in the order of their time, so that this index costs their writers nothing worth the name.
CREATE INDEX orders_time ON orders USING brin (created_at) WITH (autosummarize = true, pages_per_range = 16);
