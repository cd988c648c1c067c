-- What the learner said of whole blocks: set aside, or taken back. The latest word of a block stands. Append-only.
CREATE TABLE blocks_set_aside (
    block TEXT NOT NULL REFERENCES blocks (block) DEFERRABLE INITIALLY DEFERRED,
    made_at_ms INTEGER NOT NULL CHECK (made_at_ms >= 0),
    set_aside INTEGER NOT NULL CHECK (set_aside IN (0, 1)),
    reason TEXT NOT NULL CHECK (reason <> '' OR set_aside = 0),
    PRIMARY KEY (block, made_at_ms, set_aside, reason)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER blocks_set_aside_are_never_changed BEFORE UPDATE ON blocks_set_aside
BEGIN SELECT raise(ABORT, 'blocks_set_aside is append-only'); END;
CREATE TRIGGER blocks_set_aside_are_never_deleted BEFORE DELETE ON blocks_set_aside
BEGIN SELECT raise(ABORT, 'blocks_set_aside is append-only'); END;
