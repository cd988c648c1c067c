-- Items that share a stimulus, ids that items had before, and a fifth reason why a next step is wrong.
ALTER TABLE items ADD COLUMN group_name TEXT;
-- An id of a question before the one it has now: what is told under it belongs to that question.
CREATE TABLE former_ids (
    bank TEXT NOT NULL, former TEXT NOT NULL CHECK (former <> ''),
    item TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (bank, former),
    FOREIGN KEY (bank, item) REFERENCES items (bank, item) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX former_ids_by_item ON former_ids (bank, item, ordinal);
-- A check cannot be changed in place.
CREATE TABLE options_anew (
    bank TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL,
    letter TEXT NOT NULL CHECK (length(letter) = 1),
    text TEXT NOT NULL, why TEXT, action TEXT,
    "when" TEXT CHECK ("when" IN ('later', 'earlier', 'only_if', 'never', 'harmful')),
    PRIMARY KEY (bank, item, revision, letter),
    FOREIGN KEY (bank, item, revision) REFERENCES item_revisions (bank, item, revision)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
INSERT INTO options_anew SELECT * FROM options;
DROP TABLE options;
ALTER TABLE options_anew RENAME TO options;
