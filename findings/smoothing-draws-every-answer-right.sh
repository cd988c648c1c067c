#!/bin/bash
# A lowess curve over right and wrong answers is at 100 % where most are right: its robust steps take the wrong answers
# for outliers and give them no weight. Here 90 % of the first hundred and 66 % of the second are right, and
# statsmodels draws 100 % throughout; with it=0 it falls from 90 % to 64 %. Vega-Lite's loess has no such switch: with
# 85 % right it draws 100 %.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "statsmodels==0.15.0" "scipy==1.17.1" "numpy==2.4.6" "vl-convert-python==1.9.0.post1"
"$folder/venv/bin/python" - <<'PYTHON'
import re, sys
from importlib.metadata import version

import vl_convert
from statsmodels.nonparametric.smoothers_lowess import lowess

falling = [float(i % 10 != 3 if i < 100 else i % 3 != 1) for i in range(200)]
even = [float(i % 7 != 3) for i in range(200)]


def statsmodels_curve(**options: int) -> tuple[float, ...]:
    curve = lowess(falling, range(200), **options)[:, 1]
    return round(curve.min(), 2), round(curve.max(), 2)


def vega_curve(bandwidth: float) -> tuple[float, ...]:
    """The lowest and highest share drawn, read off the picture, which is 100 high from 0 to 100 %."""
    field = {"type": "quantitative"}
    picture = vl_convert.vegalite_to_svg(
        {
            "data": {"values": [{"n": n, "right": right} for n, right in enumerate(even)]},
            "transform": [{"loess": "right", "on": "n", "bandwidth": bandwidth}],
            "mark": "line",
            "height": 100,
            "encoding": {"x": {"field": "n"} | field, "y": {"field": "right", "scale": {"domain": [0, 1]}} | field},
        },
        vl_version="6.4",
    )
    line = re.search(r'mark-line.*? d="(M[^"]*)"', picture)[1]
    shares = [1 - float(y) / 100 for y in re.findall(r",([\d.e-]+)", line)]
    return round(min(shares), 2), round(max(shares), 2)


print("statsmodels", version("statsmodels"), "Vega-Lite 6.4 of vl-convert-python", version("vl-convert-python"))
seen = [statsmodels_curve(), statsmodels_curve(it=0), vega_curve(0.3), vega_curve(0.6)]
print("right:", sum(falling[:100]) / 100, "then", sum(falling[100:]) / 100, "statsmodels:", seen[0], "with it=0:", seen[1])
print("right:", sum(even) / 200, "Vega-Lite:", seen[2], "and", seen[3])
sys.exit(0 if seen == [(1, 1), (0.64, 0.91), (1, 1), (1, 1)] else 1)
PYTHON
