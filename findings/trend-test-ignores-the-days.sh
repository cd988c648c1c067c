#!/bin/bash
# pymannkendall tests a series for a trend and gives Sen's slope. A pandas Series with dates is taken, but the dates are
# not: three blocks on three days and a fourth two months later have the slope of four blocks on four days, 6 seconds
# a day where scipy's slope over the days is 1.3.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pymannkendall==1.4.3" "pandas==2.3.3" "scipy==1.16.3" "numpy==2.3.5"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import pandas
import pymannkendall
from scipy.stats import theilslopes

days = pandas.to_datetime(["2026-01-01", "2026-01-02", "2026-01-03", "2026-03-01"])
seconds = pandas.Series([90.0, 88.0, 86.0, 60.0], index=days)
by_test = float(pymannkendall.original_test(seconds).slope)
by_days = float(theilslopes(seconds, (days - days[0]).days).slope)
print("pymannkendall", version("pymannkendall"), "scipy", version("scipy"))
print(f"seconds a question and day: {by_test:.2f} by the trend test, {by_days:.2f} over the days")
sys.exit(0 if round(by_test, 2) == -6 and round(by_days, 2) == -1.25 else 1)
PYTHON
