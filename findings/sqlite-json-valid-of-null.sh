#!/bin/sh
# json_valid(NULL) is 0 up to SQLite 3.40 and NULL from 3.42 on. CHECK (json_valid(x)) so refuses an absent value in
# an older SQLite and takes it in a newer one; a file made with the newer cannot be written by the older.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
for version in 3.40.1.0 3.42.0.1; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet "apsw==$version"
    "$folder/$version/bin/python" - >>"$folder/seen" <<'PYTHON'
import apsw

cursor = apsw.Connection(":memory:").cursor()
cursor.execute("CREATE TABLE t (x TEXT CHECK (json_valid(x)))")
try:
    cursor.execute("INSERT INTO t VALUES (NULL)")
    print(apsw.sqlitelibversion(), "takes NULL")
except apsw.ConstraintError:
    print(apsw.sqlitelibversion(), "refuses NULL")
PYTHON
done
cat "$folder/seen"
printf '3.40.1 refuses NULL\n3.42.0 takes NULL\n' | cmp -s - "$folder/seen"
