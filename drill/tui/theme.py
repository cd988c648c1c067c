"""The three themes, the 16-colour fallback, and what each role of the painters looks like in them."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from drill.render.lines import Ink, Role

DARK, LIGHT, CONTRAST, PLAIN = "drill-dark", "drill-light", "drill-contrast", "drill-16"
"""PLAIN leaves every colour to the terminal: for NO_COLOR and 16 colours."""

THEME_NAMES = (DARK, LIGHT, CONTRAST)

MUTED, FAINT, HAIR = "drill-muted", "drill-faint", "drill-hair"


def _theme(name: str, panel: str, colours: str, *, dark: bool) -> Theme:
    """`colours`: page, text, muted, faint, hairline, accent, right, wrong, warning."""
    background, text, muted, faint, hair, accent, right, wrong, warning = colours.split()
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=text,
        background=background,
        surface=background,
        panel=panel,
        success=right,
        error=wrong,
        warning=warning,
        dark=dark,
        variables={MUTED: muted, FAINT: faint, HAIR: hair},
    )


def themes() -> list[Theme]:
    """drill's own themes. Their contrast is measured: docs/decisions.md, "Colours"; a test holds it.

    The selected row is grey enough to be grey in 256 colours too: bluer it became dark blue, warmer pink.
    """
    dark = "#15181d #d7dbe0 #949ca8 #7f8794 #363c46 #8fb8ff #4ec9b0 #ff9d5c #f0cf65"
    light = "#fbfaf6 #22272e #5b626c #6d737c #d3cfc4 #1f55b5 #006d66 #ad4300 #7a5b00"
    contrast = "#000000 #ffffff #d0d0d0 #b0b0b0 #8a8a8a #ffe14d #5fe8ff #ffa35c #ffe14d"
    return [
        _theme(DARK, "#272c34", dark, dark=True),
        _theme(LIGHT, "#e9e7e3", light, dark=False),
        _theme(CONTRAST, "#303030", contrast, dark=True),
        replace(BUILTIN_THEMES["ansi-dark"], name=PLAIN, success="ansi_cyan"),
    ]


def needs_plain() -> bool:
    """Whether colours must be left to the terminal: NO_COLOR, or no more than 16 colours."""
    if os.environ.get("NO_COLOR"):
        return True
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    term = os.environ.get("TERM", "").strip().lower()
    return bool(term) and "256color" not in term and "direct" not in term and term not in _RICH_TERMS


_RICH_TERMS = {"kitty", "xterm-kitty", "alacritty", "wezterm", "foot", "xterm-ghostty", "tmux-direct"}


def role_styles(variables: dict[str, str], *, colourless: bool) -> dict[tuple[Role, bool], Style]:
    """Rich styles by (role, on the cursor's row). `colourless`: bold, dim and reverse only."""
    styles: dict[tuple[Role, bool], Style] = {}
    for on_cursor in (False, True):
        for role in Role:
            styles[role, on_cursor] = _style(role, variables, on_cursor=on_cursor, colourless=colourless)
    return styles


@lru_cache(maxsize=8192)
def ink_style(ink: Ink) -> Style:
    """The style of a picture's cell."""
    return Style(color=RichColor.from_rgb(*ink.upper), bgcolor=RichColor.from_rgb(*ink.lower))


def _style(role: Role, variables: dict[str, str], *, on_cursor: bool, colourless: bool) -> Style:
    name, extra = _ROLES[role]
    if colourless:
        dim = role in (Role.MUTED, Role.FAINT, Role.HAIR, Role.STRUCK)
        return Style(dim=dim or None, bold=on_cursor or None) + extra
    if on_cursor and name == FAINT:
        name = MUTED  # faint words are too faint for the panel
    background = _colour(variables["panel" if on_cursor else "background"])
    colour = _colour(variables.get(name, variables["foreground"]))
    ansi = variables["background"].startswith("ansi")
    bold = Style(bold=True) if ansi and on_cursor else Style()
    return Style(color=colour, bgcolor=background) + extra + bold


def _colour(value: str) -> RichColor:
    return Color.parse(value).rich_color


_ROLES: dict[Role, tuple[str, Style]] = {
    Role.TEXT: ("foreground", Style()),
    Role.STRONG: ("foreground", Style(bold=True)),
    Role.MUTED: (MUTED, Style()),
    Role.FAINT: (FAINT, Style()),
    Role.HAIR: (HAIR, Style()),
    Role.ACCENT: ("primary", Style()),
    Role.ACCENT_STRONG: ("primary", Style(bold=True)),
    Role.CURRENT: ("primary", Style(bold=True, underline=True)),
    Role.CAP: ("primary", Style(bold=True, reverse=True)),
    Role.STRUCK: (FAINT, Style(strike=True)),
    Role.RIGHT: ("success", Style()),
    Role.WRONG: ("error", Style()),
    Role.WARNING: ("warning", Style(bold=True)),
    Role.ALARM: ("warning", Style(bold=True, reverse=True)),
    Role.HIGHLIGHT: ("warning", Style(underline=True)),
    Role.CARET: ("primary", Style(reverse=True)),
}
