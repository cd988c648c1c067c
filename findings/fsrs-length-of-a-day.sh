#!/bin/bash
# Two packages of one scheduler, with the same parameters, disagree on how long a day is. A card was seen on Monday at
# 21:00 and again on Tuesday at 20:00, both right. fsrs for Python counts full 24 hours: none went by, the card comes
# back in 2 days. ts-fsrs counts dates: one day went by, it comes back in 7. It counts them in UTC, so that 23:30 and
# 00:30 are a day apart as well, wherever the learner is.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "fsrs==6.3.2"
npm install --silent --prefix "$folder" "ts-fsrs@5.4.2" >/dev/null
cd "$folder"
cat >pairs.json <<'JSON'
[["2027-03-01T21:00:00Z", "2027-03-02T20:00:00Z"], ["2027-03-01T21:00:00Z", "2027-03-02T21:00:00Z"],
 ["2027-03-01T23:30:00Z", "2027-03-02T00:30:00Z"]]
JSON
venv/bin/python - <<'PYTHON' | tee seen
import json
from datetime import datetime
from importlib.metadata import version

from fsrs import Card, Rating, Scheduler

scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
print("fsrs", version("fsrs"), [round(each, 4) for each in scheduler.parameters[:4]])
for first, second in json.load(open("pairs.json")):
    card = Card()
    for when in map(datetime.fromisoformat, (first, second)):
        card, _ = scheduler.review_card(card, Rating.Good, when)
    print(first, second, (card.due - when).days)
PYTHON
TZ=America/New_York node - <<'JAVASCRIPT' | tee -a seen
const { fsrs, createEmptyCard, Rating } = require("ts-fsrs");
const scheduler = fsrs({ enable_fuzz: false, learning_steps: [], relearning_steps: [] });
const manifest = require("fs").readFileSync("node_modules/ts-fsrs/package.json");
console.log("ts-fsrs", JSON.parse(manifest).version, JSON.stringify(scheduler.parameters.w.slice(0, 4)));
for (const [first, second] of JSON.parse(require("fs").readFileSync("pairs.json"))) {
  let card = createEmptyCard(new Date(first));
  for (const when of [first, second]) card = scheduler.next(card, new Date(when), Rating.Good).card;
  console.log(first, second, (card.due - new Date(second)) / 86400000);
}
JAVASCRIPT
[ "$(awk '/^2027/ { print $3 }' seen | tr '\n' ' ')" = "2 7 2 7 7 7 " ]
