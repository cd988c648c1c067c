"""Print figures of a bank as the terminal shows them, without their alternative texts, for fresh readers.

python -m benchmarks.figures                    the twelve sample figures at 80x24
python -m benchmarks.figures --size 120x40 --only torsades
python -m benchmarks.figures --bank FILE --ascii --zoom 2
python -m benchmarks.figures --blind            numbered, without names: nothing gives an answer away
"""

from __future__ import annotations

import argparse
from pathlib import Path

from drill.importers import read_bank
from drill.render.figure.drawing import View, drawing_lines
from drill.render.figure.page import PageFigure, figures_page
from drill.render.lines import plain

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "figures.yaml"


def main() -> None:
    """Print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bank", type=Path, default=SAMPLE)
    parser.add_argument("--size", default="80x24", help="columns x rows of the terminal")
    parser.add_argument("--only", help="id of an item, or a number from 1")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--blind", action="store_true", help="print no ids")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--zoom", type=int, default=0)
    args = parser.parse_args()
    width, height = (int(part) for part in args.size.split("x"))
    read = read_bank(args.bank.read_bytes(), name=args.bank.name)
    if read.bank is None:
        raise SystemExit("\n".join(each.text(str(args.bank)) for each in read.diagnostics))
    if args.page is not None:
        media = {each.sha256: each for each in read.bank.media}
        shown = [
            PageFigure(
                figure, media.get(getattr(figure.content, "sha256", "")), "" if args.blind else item.id
            )
            for item in read.bank.items
            for figure in item.figures
        ]
        args.page.write_text(figures_page(shown, "Figures"), encoding="utf-8")
        return
    number = 0
    for item in read.bank.items:
        for figure in item.figures:
            number += 1
            drawing = figure.drawing
            if drawing is None or (args.only and args.only not in (item.id, str(number))):
                continue
            print(f"=== {number}" if args.blind else f"=== {number} {item.id}: {figure.name}")
            view = View(zoom=0)
            for _ in range(args.zoom):
                view = view.zoomed(1, drawing)
            # The full-screen figure keeps two rows for its head and one for its keys.
            print(plain(drawing_lines(drawing, width - 4, height - 3, view), ascii_only=args.ascii))


if __name__ == "__main__":
    main()
