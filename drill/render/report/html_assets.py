"""The page's own files: libraries, drawing scripts and stylesheet, as they lie in drill/assets."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

LIBRARIES = ("d3-7.9.0.min.js", "plot-0.6.17.umd.min.js")
"""Upstream's files, byte for byte; the order matters."""
SCRIPTS = ("report_core.js", "report_trend.js", "report_figures.js")
LICENCES = (("d3 7.9.0", "d3-LICENSE.txt"), ("Observable Plot 0.6.17", "plot-LICENSE.txt"))


@cache
def asset(name: str) -> str:
    """The text of one file."""
    return (files("drill") / "assets" / name).read_text(encoding="utf-8")


def scripts() -> list[str]:
    """The bodies of the page's script elements, in order. None of them holds an end tag."""
    return [asset(name) for name in LIBRARIES] + ["\n".join(asset(name) for name in SCRIPTS)]


def licences() -> str:
    """The licence texts of the libraries, which ask to stand in every copy."""
    return "\n".join(f"{name}\n\n{asset(file)}" for name, file in LICENCES)


def content_policy(bodies: list[str]) -> str:
    """A policy that lets run these scripts alone and lets nothing be loaded from anywhere."""
    allowed = " ".join(f"'sha256-{_digest(body)}'" for body in bodies) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
