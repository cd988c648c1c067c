#!/bin/sh
# text2qti writes the variable of picture paths escaped: %24IMS-CC-FILEBASE%24, not $IMS-CC-FILEBASE$. A reader that
# looks for the variable as the Common Cartridge defines it finds no picture.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "text2qti==0.8.0"
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import base64
from pathlib import Path

png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
Path("a b.png").write_bytes(base64.b64decode(png))
Path("quiz.txt").write_text("Quiz title: Salts\n\n1.  Which falls? ![tracing](<a b.png>)\na)  Sodium\n*b) Potassium\n")
PYTHON
"$folder/venv/bin/text2qti" quiz.txt
"$folder/venv/bin/python" - <<'PYTHON'
import re, sys, zipfile
from importlib.metadata import version

package = zipfile.ZipFile("quiz.zip")
texts = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
paths = re.findall(r'src="([^"]*)"', texts.replace("&quot;", '"'))
print("text2qti", version("text2qti"))
print("files:", [name for name in package.namelist() if name.endswith(".png")])
print("path in the question:", paths)
sys.exit(0 if paths == ["%24IMS-CC-FILEBASE%24/images/a%20b.png"] else 1)
PYTHON
