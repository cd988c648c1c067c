#!/bin/sh
# qti_package_maker gives the same question another identifier at each run (QTI 2.1), and an identifier that is its
# place in the file (QTI 1.2). By neither is a question known in the next export.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "qti_package_maker==26.7.14"
cd "$folder"
cat > make.py <<'PYTHON'
import sys
from qti_package_maker.package_interface import QTIPackageInterface

engine, out, *questions = sys.argv[1:]
package = QTIPackageInterface("salts", verbose=False)
for question in questions:
    package.add_item("MC", (question, ["Sodium", "Potassium", "Calcium"], "Potassium"))
package.save_package(engine, out)
PYTHON
run() { "$folder/venv/bin/python" make.py "$@" > /dev/null; }
run blackboard_qti_v2_1 first.zip "Which falls?"
run blackboard_qti_v2_1 second.zip "Which falls?"
run canvas_qti_v1_2 alone.zip "Which falls?"
run canvas_qti_v1_2 behind.zip "Which rises?" "Which falls?"
"$folder/venv/bin/python" - <<'PYTHON'
import re, sys, zipfile
from importlib.metadata import version


def texts(name: str) -> str:
    package = zipfile.ZipFile(name)
    return "".join(package.read(each).decode() for each in package.namelist() if each.endswith(".xml"))


first, second = (re.findall(r'<assessmentItem\s[^>]*\bidentifier="([^"]*)"', texts(f"{n}.zip"))[0] for n in ("first", "second"))
alone = re.findall(r'<item ident="([^"]*)"', texts("alone.zip"))[0]
behind = re.findall(r'<item ident="([^"]*)"', texts("behind.zip"))
print("qti_package_maker", version("qti_package_maker"))
print("QTI 2.1, the same question, two runs:", first, second)
print("QTI 1.2, the same question alone:    ", alone)
print("QTI 1.2, behind another:             ", behind)
sys.exit(0 if first != second and alone == behind[0] != behind[1] else 1)
PYTHON
