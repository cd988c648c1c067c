"""scipy, statsmodels and pymannkendall to compare with, imported when first asked for.

They take longer to import than the other tests of this folder to run; who uses them is marked slow.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = {
    "integrate": "scipy.integrate",
    "pymannkendall": "pymannkendall",
    "sm": "statsmodels.api",
    "stats": "scipy.stats",
    "proportion": "statsmodels.stats.proportion",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return import_module(_MODULES[name])
