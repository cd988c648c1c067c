#!/bin/bash
# girth estimates the difficulty of an item that everyone got right as -6 in its Rasch model: the easiest there can be.
# Its two-parameter model, fitted by marginal likelihood, gives the same item +6, with a discrimination of 0.2: the
# hardest of all, as hard as an item that nobody got right. One wrong answer among 300 brings it to -6.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "girth==0.8.0" "numpy==2.4.6" "scipy==1.17.1"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

import girth
import numpy

random = numpy.random.default_rng(1)
ability, difficulty = random.normal(size=300), numpy.linspace(-1.5, 1.5, 8)
chance = 1 / (1 + numpy.exp(-1.2 * (ability - difficulty[:, None])))
answers = (random.uniform(size=chance.shape) < chance).astype(int)
answers[0], answers[7] = 1, 0
one_wrong = answers.copy()
one_wrong[0, 5] = 0


def difficulties(model: str, data: numpy.ndarray) -> tuple[float, float]:
    """Of the item that everyone got right, and of the one that nobody got right."""
    estimates = getattr(girth, model)(data)["Difficulty"]
    return round(estimates[0], 1), round(estimates[7], 1)


seen = [difficulties("rasch_mml", answers), difficulties("twopl_mml", answers), difficulties("twopl_mml", one_wrong)]
print("girth", version("girth"), "(difficulty of an item all got right, of one nobody got right)")
for label, pair in zip(("Rasch:", "two parameters:", "two parameters, one wrong answer:"), seen):
    print(label, *pair)
sys.exit(0 if seen == [(-6, 6), (6, 6), (-6, 6)] else 1)
PYTHON
