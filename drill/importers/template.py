"""The commented bank that `drill new-bank` writes: every field, and it passes the check without a warning."""

from __future__ import annotations

from importlib.resources import files

from drill.importers.drafts import bank_id_from


def template(bank_id: str = "my-questions") -> str:
    """The template as text. `bank_id` is made fit."""
    from drill.importers.yaml_writer import scalar

    text = files("drill").joinpath("assets", "template.yaml").read_text(encoding="utf-8")
    return text.replace("@BANK_ID@", scalar(bank_id_from(bank_id)))
