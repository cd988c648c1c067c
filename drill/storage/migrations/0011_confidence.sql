-- How sure the learner was of the answer that stands; NULL: not said.
ALTER TABLE attempts ADD COLUMN confidence TEXT CHECK (confidence IN ('sure', 'unsure', 'guess'));
