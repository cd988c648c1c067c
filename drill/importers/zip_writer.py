"""A bank with its pictures as one zip package that imports back to the same items."""

from __future__ import annotations

import io
import zipfile

from drill.core.items import Bank
from drill.importers.yaml_figures_writer import picture_path
from drill.importers.yaml_writer import bank_to_yaml

_NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The same bank makes the same package whenever it is written."""


def bank_to_zip(bank: Bank, *, comment: str = "") -> bytes:
    """The package: the bank as YAML under a comment, its pictures in a folder beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        text = f"# {comment}\n" if comment else ""
        text += bank_to_yaml(bank, beside=True)
        package.writestr(zipfile.ZipInfo(f"{bank.id}.yaml", _NO_DAY), text.encode(), zipfile.ZIP_DEFLATED)
        for media in bank.media:
            # Pictures are compressed already.
            package.writestr(zipfile.ZipInfo(picture_path(media), _NO_DAY), media.data, zipfile.ZIP_STORED)
    return out.getvalue()
