#!/bin/bash
# eSpeak NG, which speaks for the screen readers of Linux, says "less than or equal to" for the one character that means
# it. For < and > it says nothing, as long as it is not told to name punctuation: "pH < 7.2" and "pH > 7.2" are the same
# sounds. And "A) Sodium" begins with the article of "a sodium", "A. Sodium" with the letter.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "espeakng-loader==0.2.4"
"$folder/venv/bin/python" - <<'PYTHON'
import ctypes, sys
from importlib.metadata import version

import espeakng_loader

RETRIEVAL, UTF8 = 1, 1
espeak = ctypes.CDLL(espeakng_loader.get_library_path())
espeak.espeak_Info.restype = ctypes.c_char_p
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
espeak.espeak_Initialize(RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
espeak.espeak_SetVoiceByName(b"en-us")


def sounds(text: str) -> str:
    """The phonemes of a text; the library takes one clause of it at a time."""
    rest, clauses = ctypes.c_char_p(text.encode()), []
    while rest.value:
        clauses.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, 0).decode())
    return " ".join(clauses)


print("eSpeak NG", espeak.espeak_Info(None).decode(), "of espeakng-loader", version("espeakng-loader"))
less, greater, or_equal = "pH < 7.2", "pH > 7.2", "pH \u2264 7.2"
seen = {text: sounds(text) for text in (less, greater, or_equal, "A) Sodium", "A. Sodium")}
for text, phonemes in seen.items():
    print(f"{text}: {phonemes}")
same = seen[less] == seen[greater] and "l'Es" in seen[or_equal]
article, letter = seen["A) Sodium"].startswith("a#"), seen["A. Sodium"].startswith("'eI ")
sys.exit(0 if same and article and letter else 1)
PYTHON
