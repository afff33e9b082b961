-- What was sent about a dialog, or one transmission of it, is found in its order by one index; other orders are not in it.
CREATE INDEX orders_dialog ON orders (dialog_id, created_at, id) WHERE dialog_id IS NOT NULL;
CREATE INDEX orders_transmission ON orders (creator, transmission_id, created_at, id) WHERE transmission_id IS NOT NULL;
