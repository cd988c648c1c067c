#!/bin/bash
# PyYAML writes texts so that it reads them as texts again. 001 to 007 look like octal numbers to it and get quotes;
# 008 and 009 do not, and get none. A reader of YAML 1.2 takes these two for numbers: 8 and 9. So with 1e3.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "pyyaml==6.0.3" "ruamel.yaml==0.18.15"
npm install --silent --prefix "$folder" "yaml@2.9.1" >/dev/null
"$folder/venv/bin/python" - "$folder/ids.yaml" <<'PYTHON'
import sys
from importlib.metadata import version

import yaml
from ruamel.yaml import YAML

ids = ["007", "008", "009", "010", "1e3"]
with open(sys.argv[1], "w") as file:
    yaml.safe_dump(ids, file, default_flow_style=True)
text = open(sys.argv[1]).read()
print("PyYAML", version("pyyaml"), "writes", text.strip())
again, other = yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)
print("PyYAML reads", again)
print("ruamel.yaml", version("ruamel.yaml"), "reads", other)
stated = ["007", 8, 9, "010", 1000.0]
sys.exit(0 if again == ids and other == stated and type(other[1]) is int else 1)
PYTHON
cd "$folder"
node -e '
const yaml = require("yaml"), seen = JSON.stringify(yaml.parse(require("fs").readFileSync("ids.yaml", "utf8")));
console.log("yaml", require("yaml/package.json").version, "reads", seen);
process.exit(seen === JSON.stringify(["007", 8, 9, "010", 1000]) ? 0 : 1);'
