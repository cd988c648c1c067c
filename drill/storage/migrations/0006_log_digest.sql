-- The digest over the events of a block (drill.storage.digest).
ALTER TABLE blocks ADD COLUMN log_digest TEXT NOT NULL DEFAULT '';
