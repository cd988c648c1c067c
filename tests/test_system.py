"""What drill takes from the machine."""

from __future__ import annotations

import uuid

from drill import system


def test_an_id_is_a_random_uuid_in_its_plain_form() -> None:
    ids = {system.new_id() for _ in range(200)}
    assert len(ids) == 200
    for text in ids:
        parsed = uuid.UUID(text)
        assert (parsed.version, parsed.variant, str(parsed)) == (4, uuid.RFC_4122, text)


def test_a_seed_is_short_enough_to_be_typed() -> None:
    assert all(0 <= system.new_seed() < 10**6 for _ in range(200))
