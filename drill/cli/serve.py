"""`drill serve`: the app in a browser on this machine, and nowhere else."""

from __future__ import annotations

import argparse
import secrets
import shlex
import socket
import subprocess
import sys

from drill.cli.common import database
from drill.errors import DrillError, install_text

HOST = "127.0.0.1"


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C."""
    try:
        from drill.cli.web_server import LoopbackServer
    except ModuleNotFoundError as missing:
        raise DrillError(f"drill serve needs {missing.name}. {install_text('web')}") from None
    port = options.port or free_port()
    command = [sys.executable, "-m", "drill", "--db", str(database(options).absolute())]
    LoopbackServer(_line(command), HOST, port, secrets.token_urlsafe(24)).serve()
    return 0


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        number: int = probe.getsockname()[1]
        return number


def _line(command: list[str]) -> str:
    """The command for this platform's shell, which it replaces, so that a signal reaches drill."""
    return subprocess.list2cmdline(command) if sys.platform == "win32" else f"exec {shlex.join(command)}"
