-- Everything version 0.1 needs.
CREATE TABLE banks (
    bank TEXT PRIMARY KEY CHECK (bank <> ''),
    title TEXT NOT NULL,
    author TEXT, description TEXT, license TEXT, source TEXT, url TEXT,
    shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped IN (0, 1)),
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    file_hash TEXT,
    imported_at TEXT NOT NULL
) STRICT;
-- An item's latest revision and what is read at report time.
CREATE TABLE items (
    bank TEXT NOT NULL REFERENCES banks (bank),
    item TEXT NOT NULL CHECK (item <> ''),
    ordinal INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    item_hash TEXT NOT NULL,
    meta_hash TEXT NOT NULL,
    subject TEXT, system TEXT, task TEXT, topic TEXT, difficulty TEXT,
    set_name TEXT,
    set_size INTEGER NOT NULL DEFAULT 1,
    words INTEGER NOT NULL,
    option_count INTEGER NOT NULL CHECK (option_count BETWEEN 2 AND 26),
    shuffles INTEGER NOT NULL CHECK (shuffles IN (0, 1)),
    author_next_best_step INTEGER CHECK (author_next_best_step IN (0, 1)),
    author_task INTEGER NOT NULL DEFAULT 0 CHECK (author_task IN (0, 1)),
    next_best_step INTEGER NOT NULL CHECK (next_best_step IN (0, 1)),
    next_best_step_rule TEXT NOT NULL,
    absent_figure INTEGER NOT NULL DEFAULT 0 CHECK (absent_figure IN (0, 1)),
    missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
    retired TEXT,
    PRIMARY KEY (bank, item)
) STRICT, WITHOUT ROWID;
-- What may be drawn, to be counted without reading whole rows.
CREATE INDEX items_in_use ON items (bank, item) WHERE missing = 0 AND retired IS NULL;
CREATE TABLE item_revisions (
    bank TEXT NOT NULL, item TEXT NOT NULL,
    revision INTEGER NOT NULL,
    item_hash TEXT NOT NULL,
    stem TEXT NOT NULL, lead_in TEXT,
    answer TEXT NOT NULL CHECK (length(answer) = 1),
    explanation TEXT, objective TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (bank, item, revision),
    FOREIGN KEY (bank, item) REFERENCES items (bank, item) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE options (
    bank TEXT NOT NULL, item TEXT NOT NULL, revision INTEGER NOT NULL,
    letter TEXT NOT NULL CHECK (length(letter) = 1),
    text TEXT NOT NULL, why TEXT, action TEXT,
    "when" TEXT CHECK ("when" IN ('later', 'earlier', 'never', 'harmful')),
    PRIMARY KEY (bank, item, revision, letter),
    FOREIGN KEY (bank, item, revision) REFERENCES item_revisions (bank, item, revision)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE tags (
    bank TEXT NOT NULL, item TEXT NOT NULL, ordinal INTEGER NOT NULL, tag TEXT NOT NULL,
    PRIMARY KEY (bank, item, ordinal),
    FOREIGN KEY (bank, item) REFERENCES items (bank, item) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE item_references (
    bank TEXT NOT NULL, item TEXT NOT NULL, ordinal INTEGER NOT NULL, reference TEXT NOT NULL,
    PRIMARY KEY (bank, item, ordinal),
    FOREIGN KEY (bank, item) REFERENCES items (bank, item) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE blocks (
    block TEXT PRIMARY KEY,
    preset TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('exam', 'timed', 'tutor', 'untimed')),
    pool TEXT NOT NULL,
    filters TEXT NOT NULL CHECK (json_valid(filters)),
    commit_first INTEGER NOT NULL DEFAULT 0 CHECK (commit_first IN (0, 1)),
    retest INTEGER NOT NULL DEFAULT 0 CHECK (retest IN (0, 1)),
    seed INTEGER NOT NULL,
    target_ms INTEGER CHECK (target_ms > 0),
    limit_ms INTEGER CHECK (limit_ms > 0),
    items INTEGER NOT NULL CHECK (items > 0),
    started_at TEXT NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    study_day TEXT NOT NULL,
    last_at_ms INTEGER NOT NULL DEFAULT 0,
    last_wall_ms INTEGER NOT NULL DEFAULT 0,
    block_end TEXT CHECK (block_end IN ('expired', 'ended', 'left')),
    block_active_ms INTEGER, list_ms INTEGER, feedback_ms INTEGER, away_ms INTEGER,
    ended_at TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_block ON blocks ((1)) WHERE block_end IS NULL;
CREATE INDEX blocks_by_start ON blocks (started_at, block);
-- The form as administered, frozen.
CREATE TABLE block_items (
    block TEXT NOT NULL REFERENCES blocks (block),
    position INTEGER NOT NULL CHECK (position >= 1),
    bank TEXT NOT NULL, item TEXT NOT NULL,
    revision INTEGER NOT NULL, item_hash TEXT NOT NULL,
    words INTEGER NOT NULL, options INTEGER NOT NULL,
    options_order TEXT NOT NULL,
    set_number INTEGER,
    "key" TEXT NOT NULL,
    option_actions TEXT CHECK (option_actions IS NULL OR json_valid(option_actions)),
    option_whens TEXT CHECK (option_whens IS NULL OR json_valid(option_whens)),
    PRIMARY KEY (block, position),
    FOREIGN KEY (bank, item, revision) REFERENCES item_revisions (bank, item, revision)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX block_items_by_item ON block_items (bank, item);
-- The truth: append-only.
CREATE TABLE block_events (
    block TEXT NOT NULL REFERENCES blocks (block),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    PRIMARY KEY (block, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER block_events_are_never_changed BEFORE UPDATE ON block_events
BEGIN SELECT raise(ABORT, 'block_events is append-only'); END;
CREATE TRIGGER block_events_are_never_deleted BEFORE DELETE ON block_events
BEGIN SELECT raise(ABORT, 'block_events is append-only'); END;
-- A projection of the log, rebuilt by "drill doctor".
CREATE TABLE attempts (
    block TEXT NOT NULL REFERENCES blocks (block),
    position INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (
        status IN ('answered', 'revised', 'omitted', 'cut_chosen', 'cut_blank', 'unreached')),
    censored INTEGER NOT NULL CHECK (censored IN (0, 1)),
    time_excluded_because TEXT CHECK (time_excluded_because IN ('interrupted')),
    first TEXT, chosen TEXT,
    correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
    changes TEXT NOT NULL CHECK (json_valid(changes)),
    response_time_ms INTEGER CHECK (response_time_ms >= 0),
    first_visit_ms INTEGER, first_shown_ms INTEGER, last_left_ms INTEGER,
    visits INTEGER NOT NULL,
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    struck TEXT NOT NULL,
    chosen_action TEXT, chosen_when TEXT, key_action TEXT,
    PRIMARY KEY (block, position)
) STRICT, WITHOUT ROWID;
-- What the learner said afterwards; the latest word stands. Unused parts of the key are ''.
CREATE TABLE annotations (
    kind TEXT NOT NULL CHECK (kind IN ('miss_reason', 'note', 'next_best_step', 'retired')),
    block TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0,
    bank TEXT NOT NULL DEFAULT '', item TEXT NOT NULL DEFAULT '',
    value TEXT,
    made_at_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, block, position, bank, item)
) STRICT, WITHOUT ROWID;
-- An item's latest ended attempt: what the pools go by. A projection.
CREATE TABLE item_records (
    bank TEXT NOT NULL, item TEXT NOT NULL,
    block TEXT NOT NULL, position INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    last_correct INTEGER NOT NULL, last_blank INTEGER NOT NULL,
    last_flagged INTEGER NOT NULL,
    PRIMARY KEY (bank, item)
) STRICT, WITHOUT ROWID;
-- Spaced retests: a projection of the history.
CREATE TABLE retests (
    bank TEXT NOT NULL, item TEXT NOT NULL,
    due_at TEXT NOT NULL, card TEXT NOT NULL CHECK (json_valid(card)),
    PRIMARY KEY (bank, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX retests_by_due ON retests (due_at);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIEW answers AS
    SELECT b.started_at, b.mode, b.block, f.position, f.bank, f.item, f.revision, a.status, a.chosen,
           f."key", a.correct, a.response_time_ms / 1000.0 AS seconds, f.words, a.flagged,
           i.subject, i.system, i.task, i.next_best_step
    FROM attempts a
    JOIN blocks b USING (block)
    JOIN block_items f USING (block, position)
    LEFT JOIN items i ON i.bank = f.bank AND i.item = f.item
    WHERE b.block_end IS NOT NULL;
CREATE VIEW block_summaries AS
    SELECT b.block, b.started_at, b.preset, b.mode, b.block_end, b.items,
           sum(a.correct) AS right, sum(a.chosen IS NULL) AS blank,
           b.block_active_ms / 1000.0 AS seconds, b.limit_ms / 1000.0 AS limit_seconds
    FROM blocks b JOIN attempts a USING (block)
    WHERE b.block_end IS NOT NULL GROUP BY b.block;
CREATE VIEW current_items AS
    SELECT i.bank, i.item, r.stem, r.lead_in, r.answer, r.explanation, r.objective, i.subject, i.system,
           i.task, i.next_best_step, i.words, i.retired
    FROM items i JOIN item_revisions r USING (bank, item, revision);
