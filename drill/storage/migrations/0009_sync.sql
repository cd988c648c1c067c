-- What syncing goes by (docs/sync.md): when a bank or a setting was last changed by the learner, every word
-- ever said, and which files of a synced folder hold what.
-- 0: never by the learner; such a bank is no news for another machine.
ALTER TABLE banks ADD COLUMN changed_at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE banks SET changed_at_ms = coalesce(CAST(strftime('%s', imported_at) AS INTEGER), 0) * 1000 + removed
    WHERE (shipped = 0 AND removed = 0) OR (removed = 1 AND file_hash IS NOT NULL);
-- As of which change of its bank an item has its newest text and labels.
ALTER TABLE items ADD COLUMN labelled_ms INTEGER NOT NULL DEFAULT 0;
UPDATE items SET labelled_ms = (SELECT changed_at_ms FROM banks WHERE banks.bank = items.bank);
ALTER TABLE settings ADD COLUMN made_at_ms INTEGER NOT NULL DEFAULT 0;
-- Annotations hold the words that stand; here is each that was ever said, on any machine.
CREATE TABLE annotation_words (
    kind TEXT NOT NULL, block TEXT NOT NULL, position INTEGER NOT NULL,
    bank TEXT NOT NULL, item TEXT NOT NULL,
    value TEXT,
    made_at_ms INTEGER NOT NULL,
    replaces_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX annotation_words_once ON annotation_words
    (kind, block, position, bank, item, made_at_ms, value IS NULL, coalesce(value, ''));
INSERT INTO annotation_words (kind, block, position, bank, item, value, made_at_ms)
    SELECT kind, block, position, bank, item, value, made_at_ms FROM annotations;
-- Lines that cannot count yet: texts of items that a bank in use has here, words on blocks that have not come.
CREATE TABLE sync_later (line TEXT PRIMARY KEY CHECK (json_valid(line))) STRICT, WITHOUT ROWID;
-- Files of synced folders that were written or read here, by the SHA-256 of their content, and what they hold.
CREATE TABLE sync_segments (
    segment TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sync_units (
    segment TEXT NOT NULL REFERENCES sync_segments (segment),
    unit TEXT NOT NULL,
    PRIMARY KEY (segment, unit)
) STRICT, WITHOUT ROWID;
