#!/bin/bash
# Radiographs are often saved as grey PNG files of 16 bits, of which the scanner fills 12. Pillow opens them as such,
# but makes 8 bits of them by cutting off what is above 255 instead of dividing: 15 of 16 shades become white. What
# draws pictures in a terminal through Pillow (textual-image, term-image) therefore shows a white rectangle where the
# file runs evenly from black to a quarter grey.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pillow==10.4.0" "textual-image==0.12.0" "term-image==0.7.2" "rich==14.2.0"
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import io
import re
import sys
from importlib.metadata import version

from PIL import Image
from rich.console import Console
from term_image.image import BlockImage
from textual_image.renderable import HalfcellImage

picture = Image.new("I;16", (64, 64))
for x in range(64):
    for y in range(64):
        picture.putpixel((x, y), x * 64)
picture.save("radiograph.png")

opened = Image.open("radiograph.png")
white = list(opened.convert("L").getdata()).count(255) / (64 * 64)


def brightness(drawn: str) -> list[int]:
    """One value a cell, of its background."""
    spans = re.findall(r"48;2;(\d+);\d+;\d+m([ \u2580]+)", drawn)
    return [int(red) for red, cells in spans for _ in cells]


block = BlockImage.from_file("radiograph.png")
block.set_size(height=4)
console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=20)
console.print(HalfcellImage("radiograph.png", width=16, height=4))
drawn = {"term-image": brightness(str(block)), "textual-image": brightness(console.file.getvalue())}

print("pillow", version("pillow"), opened.mode, f"white in 8 bits: {white:.0%} (none of the file is above 6 % of white)")
seen = []
for name, shades in drawn.items():
    share = sum(shade >= 250 for shade in shades) / len(shades)
    seen.append(share > 0.8)
    print(name, version(name), f"cells drawn white: {share:.0%} of {len(shades)}")
sys.exit(0 if opened.mode == "I;16" and white > 0.9 and all(seen) else 1)
PYTHON
