#!/bin/bash
# Options that Word letters itself (A, B, C) are numbers after the file was turned into Markdown: pandoc writes 1, 2, 3
# in GitHub's and CommonMark's Markdown and in Org, mammoth and markitdown always. "Answer: C" stays, and points nowhere.
# pandoc's own Markdown and its plain text keep the letters.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pypandoc-binary==1.17" "mammoth==1.13.0" "markitdown[docx]==0.1.9"
cd "$folder"
venv/bin/python -W ignore - <<'PYTHON'
import sys
from importlib.metadata import version

import mammoth, pypandoc
from markitdown import MarkItDown

source = "Which falls?\n\nA. \tSodium\nB. \tPotassium\nC. \tCalcium\n\nAnswer: C\n"
pypandoc.convert_text(source, "docx", format="markdown", outputfile="quiz.docx")
texts = {name: pypandoc.convert_file("quiz.docx", name) for name in ("gfm", "commonmark", "org", "markdown", "plain")}
with open("quiz.docx", "rb") as file:
    texts["mammoth"] = mammoth.convert_to_markdown(file).value
texts["markitdown"] = MarkItDown().convert("quiz.docx").text_content
seen = {}
for name, text in texts.items():
    seen[name] = [line.split()[0] for line in text.splitlines() if line.endswith(("Sodium", "Potassium", "Calcium"))]
    assert "Answer: C" in text, text
print("pandoc", pypandoc.get_pandoc_version(), *(f"{name} {version(name)}" for name in ("mammoth", "markitdown")))
for name, marks in seen.items():
    print(f"{name}: {' '.join(marks)}")
letters, numbers = ["A.", "B.", "C."], ["1.", "2.", "3."]
stated = dict.fromkeys(texts, numbers) | {"markdown": letters, "plain": letters}
sys.exit(0 if seen == stated else 1)
PYTHON
