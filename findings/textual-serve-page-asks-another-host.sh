#!/usr/bin/env bash
# textual-serve 1.1.3: the page that carries a terminal app in a browser.
#
# Guess:    a server for apps on this machine sends a page that asks nothing of other machines; its font files are in
#           the package, so the page uses them.
# Behaviour: the page links a style sheet of a public font service. Each start of the app tells that service, and without
#           a network the page falls back to another font, although both font files of the family lie in the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check textual-serve==1.1.3 2>/dev/null

cat >"$folder/show.py" <<'PY'
import re
import sys
from importlib.metadata import version
from pathlib import Path

import textual_serve

package = Path(textual_serve.__file__).parent
page = (package / "templates" / "app_index.html").read_text()
hosts = sorted(set(re.findall(r'(?:href|src)="https?://([^/"]+)', page)))
fonts = sorted(path.name for path in (package / "static" / "fonts").iterdir())
used = [name for name in fonts if name in page or name in (package / "static" / "css" / "xterm.css").read_text()]
print("textual-serve", version("textual-serve"))
print("hosts the page asks:  ", hosts)
print("fonts in the package: ", fonts)
print("of these in the page: ", used)
sys.exit(0 if hosts == ["fonts.googleapis.com"] and len(fonts) == 2 and not used else 1)
PY
"$folder/venv/bin/python" "$folder/show.py"

# Seen on 2026-11-28:
#   textual-serve 1.1.3
#   hosts the page asks:   ['fonts.googleapis.com']
#   fonts in the package:  ['RobotoMono-Italic-VariableFont_wght.ttf', 'RobotoMono-VariableFont_wght.ttf']
#   of these in the page:  []
