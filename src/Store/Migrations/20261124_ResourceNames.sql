-- What a text calls the resource that it is about, in the language of whom it is for.
ALTER TABLE resolved_recipients ADD COLUMN resource_name text;
ALTER TABLE notifications ADD COLUMN resource_name text;
