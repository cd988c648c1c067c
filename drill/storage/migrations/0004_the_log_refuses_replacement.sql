-- On a connection without recursive_triggers REPLACE deletes rows without asking the guard against deletion.
CREATE TRIGGER block_events_are_never_replaced BEFORE INSERT ON block_events
WHEN EXISTS (SELECT 1 FROM block_events WHERE block = NEW.block AND seq = NEW.seq)
BEGIN SELECT raise(ABORT, 'block_events is append-only'); END;
