"""The one table of wordings."""

from __future__ import annotations

from drill.core.vocabulary import Exclusion
from drill.render.wordings import EXCLUSION_WORDINGS


def test_every_reason_has_its_words_and_only_single_attempts_have_no_sentence():
    assert list(EXCLUSION_WORDINGS) == list(Exclusion)
    assert all(wording.short and wording.counted for wording in EXCLUSION_WORDINGS.values())
    silent = [reason for reason, wording in EXCLUSION_WORDINGS.items() if not wording.sentence]
    assert silent == [Exclusion.REPEAT, Exclusion.WRONG_KEY]
