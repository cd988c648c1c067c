-- The fingerprint by which the same question is found in two banks (drill.core.identity). Derived.
ALTER TABLE items ADD COLUMN identity TEXT NOT NULL DEFAULT '';
CREATE INDEX items_by_identity ON items (identity);
-- Items that share their fingerprint with another. A projection.
CREATE TABLE same_questions (
    bank TEXT NOT NULL, item TEXT NOT NULL, identity TEXT NOT NULL,
    PRIMARY KEY (bank, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX same_questions_by_identity ON same_questions (identity);
