"""Whether the bytecode of what is measured is compiled. A program without it compiles hundreds of modules at each start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

_COUNT = """
import importlib, os, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
cached = [module.__cached__ for module in list(sys.modules.values()) if getattr(module, "__cached__", None)]
print(sum(map(os.path.exists, cached)), len(cached))
"""


def compiled_modules(
    names: Sequence[str], environment: Mapping[str, str], folder: object = None
) -> tuple[int, int]:
    """How many of the modules that these names load have their bytecode kept, and how many there are."""
    command = [sys.executable, "-c", _COUNT, *names]
    for _ in range(2):  # the first run may write what the second finds
        done = subprocess.run(
            command, env=dict(environment), cwd=folder, check=True, capture_output=True, text=True
        )  # type: ignore[call-overload]
    kept, loaded = map(int, done.stdout.split())
    return kept, loaded


def require_bytecode(
    sides: Mapping[str, Sequence[str]], environment: Mapping[str, str], folder: object = None
) -> None:
    """Say that the bytecode of each side (name -> modules) is compiled, or refuse to compare.

    Raises SystemExit naming the side that is not.
    """
    for side, names in sides.items():
        kept, loaded = compiled_modules(names, environment, folder)
        if kept < loaded:
            raise SystemExit(
                f"Not compared: of the {loaded} modules of {side} {loaded - kept} have no bytecode kept. "
                "Unset PYTHONDONTWRITEBYTECODE, and let the folders be written."
            )
    print(f"Bytecode: compiled ({', '.join(sides)}).", flush=True)
