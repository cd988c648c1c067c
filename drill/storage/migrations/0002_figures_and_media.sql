-- Figures of item texts, and the picture files they show.
-- Figures of a text, as authored: drill.core.figures.
CREATE TABLE figures (
    bank TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    media TEXT,
    PRIMARY KEY (bank, item, revision, ordinal),
    FOREIGN KEY (bank, item, revision) REFERENCES item_revisions (bank, item, revision)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX figures_by_media ON figures (media) WHERE media IS NOT NULL;
-- Picture files, each once. No figure refers to them by a foreign key: what nothing holds is freed, and the
-- text of a removed bank stays.
CREATE TABLE media (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    format TEXT NOT NULL CHECK (format IN ('png', 'jpeg', 'webp')),
    width_px INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    data BLOB NOT NULL
) STRICT;
