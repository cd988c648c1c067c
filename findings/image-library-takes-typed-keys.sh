#!/usr/bin/env bash
# Guess: importing a library that draws pictures in terminals does nothing to the terminal.
# What happens: `import textual_image.renderable` asks the terminal what it can draw and reads the answer from
# standard input. Keys typed before are taken for the answer and are gone. The library says so in a docstring.
# Exits 1 when that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check textual-image==0.12.0 pillow==13.0.0
cat > "$folder/look.py" <<'PY'
import importlib.metadata, os, pty, select, sys, time

CHILD = """
import os, select, sys, tty
tty.setcbreak(0)
sys.stdout.write("ready\\n"); sys.stdout.flush()
import time; time.sleep(1)  # the learner types meanwhile
import textual_image.renderable
time.sleep(0.3)
left = b""
while select.select([0], [], [], 0.2)[0]:
    left += os.read(0, 100)
print("LEFT", left)
"""
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "-c", CHILD])
seen, typed, until = b"", False, time.monotonic() + 30
while time.monotonic() < until:
    if select.select([fd], [], [], 0.2)[0]:
        try:
            data = os.read(fd, 1000)
        except OSError:
            break
        if not data:
            break
        seen += data
    if b"ready" in seen and not typed:
        os.write(fd, b"abcdef")
        typed = True
    if b"LEFT" in seen and seen.endswith(b"\n"):
        break
left = seen.split(b"LEFT b'")[1].split(b"'")[0]
print("textual-image", importlib.metadata.version("textual-image"))
print("typed before the import: abcdef; left after it:", left.decode())
print("asked the terminal for its abilities (ESC [ c):", b"\x1b[c" in seen)
sys.exit(0 if b"\x1b[c" in seen and left != b"abcdef" else 1)
PY
"$folder/venv/bin/python" "$folder/look.py"
