-- The learner's own rows of the road to the test (drill.storage.road); without a value: taken away.
CREATE TABLE road (
    kind TEXT NOT NULL CHECK (kind <> ''),
    id TEXT NOT NULL,
    value TEXT CHECK (value IS NULL OR json_valid(value)),
    made_at_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
