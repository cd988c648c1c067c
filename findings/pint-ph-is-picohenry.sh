#!/bin/bash
# pint reads the units of laboratory values (mg/dL, mmHg, U/L). It knows no pH, and says nothing of it: "pH" is
# a picohenry, an inductance, so 7.4 pH becomes 7.4e-12 H. What a chart counts in equivalents and international units
# (mEq/L, IU/L, mOsm/kg) is an error, as one would hope for pH.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pint==0.25.3"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pint

units = pint.UnitRegistry()


def read(text: str) -> str:
    try:
        return f"{units(text).to_base_units():~}" if text.startswith("7.4") else f"{units(text).units}"
    except pint.UndefinedUnitError:
        return "not known"


print("pint", version("pint"))
seen = [(text, read(text)) for text in ("7.4 pH", "mg/dL", "mmHg", "U/L", "mEq/L", "IU/L", "mOsm/kg")]
for text, meaning in seen:
    print(text, "->", meaning)
known = [meaning for _, meaning in seen]
right = units("7.4 pH").is_compatible_with("henry") and abs(units("7.4 pH").to("henry").magnitude - 7.4e-12) < 1e-24
sys.exit(0 if right and "not known" not in known[:4] and known[4:] == ["not known"] * 3 else 1)
PYTHON
