#!/bin/bash
# csvsort and csvjson of csvkit take "na", "none", "n/a", "null" and a dot for nothing, in any case of letters, also in a
# column of words, and also with -I, which switches guessing of types off. Na, the sodium among four options, comes out
# empty, and so does the option None. csvcut keeps the text; csvsort only with --blanks.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "csvkit==2.2.0"
cd "$folder"
printf 'option,answer\nK,F\nMg,F\nNa,T\nNone,F\n' >options.csv
venv/bin/csvsort --version
venv/bin/csvsort -I -c answer options.csv | tee sorted
venv/bin/csvjson -I options.csv | tee json
printf '\n'
venv/bin/csvcut options.csv | cmp - options.csv
venv/bin/csvsort -I --blanks -c option options.csv | cmp - options.csv
printf 'option,answer\nK,F\nMg,F\n,F\n,T\n' | cmp - sorted
grep -qF '{"option": null, "answer": "T"}, {"option": null, "answer": "F"}' json
