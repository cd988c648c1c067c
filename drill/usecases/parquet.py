"""The rows of the history document as a Parquet file, by DuckDB (extra: duckdb)."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from drill.analytics.document import BLOCK_FIELDS, ITEM_FIELDS
from drill.errors import DrillError, install_text
from drill.usecases.whole_file import whole_file

_TYPES: dict[tuple[type, ...], str] = {(int,): "BIGINT", (bool,): "BOOLEAN"}
_OTHERS = {
    "filters": "VARCHAR[]",
    "changes": 'STRUCT(at_ms BIGINT, "from" VARCHAR, "to" VARCHAR)[]',
    "eligible": "BOOLEAN",
}


def columns(names: Iterable[str]) -> dict[str, str]:
    """Names of the history document's fields and their types in DuckDB."""
    fields = {**BLOCK_FIELDS, **ITEM_FIELDS}
    found = {}
    for name in names:
        types = tuple(kind for kind in fields.get(name, (str,)) if kind is not type(None))
        found[name] = _OTHERS.get(name) or _TYPES.get(types, "VARCHAR")
    return found


def write_parquet(
    rows: Iterable[Mapping[str, Any]], names: Iterable[str], target: Path, *, partial: str = ""
) -> None:
    """Write rows with these fields, in their order; whole or not at all. Raises DrillError.

    What is missing of them stands as `partial` in the file's key-value metadata.
    """
    try:
        import duckdb
    except ImportError:
        raise DrillError(
            f"Parquet is written by DuckDB, which is not installed. {install_text('duckdb')}"
        ) from None
    _may_replace(target)
    metadata = f", KV_METADATA {{partial: {_quoted(partial)}}}" if partial else ""
    types = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in columns(names).items())
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, whole_file(target) as file:
        lines, made = Path(folder, "rows.json"), Path(folder, "rows.parquet")
        with lines.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        alone: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(config=alone) as connection:  # nothing is fetched from elsewhere
            connection.execute(
                f"""COPY (SELECT * FROM read_json({_quoted(str(lines))}, columns = {{{types}}},
                        format = 'newline_delimited', maximum_object_size = 67108864))
                    TO {_quoted(str(made))} (FORMAT parquet, COMPRESSION zstd{metadata})"""
            )
        file.write(made.read_bytes())


def _may_replace(target: Path) -> None:
    """Only an earlier Parquet file is written over: never a database, a bank or anything else."""
    with contextlib.suppress(OSError), target.open("rb") as file:
        if file.read(4) not in (b"", b"PAR1"):
            raise DrillError(f"{target} is there already and is no Parquet file. Give another file.")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
