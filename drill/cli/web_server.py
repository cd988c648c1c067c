"""Textual's web server, kept to this machine: a secret in the address, known hosts and origins only."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from drill.cli.common import say

TEMPLATES = Path(__file__).parent.parent / "assets" / "web"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HungUpService(AppService):
    """A drill behind one tab; when the tab goes, drill is told as by a terminal that closes."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """A page has all colours, whatever the terminal has that drill serve runs in."""
        return {**super()._build_environment(width, height), "COLORTERM": "truecolor"}

    async def stop(self) -> None:
        """Hang up, so that an open note and the interruption are recorded, and wait for drill to be gone."""
        process = self._process
        if (
            sys.platform != "win32"
            and process is not None
            and process.returncode is None
            and self._task is not None
        ):
            process.send_signal(signal.SIGHUP)
            await self._task
            self._task = None
        else:
            await super().stop()


class LoopbackServer(Server):
    """Serves one command at http://HOST:PORT/SECRET/ and answers no other address, host or origin."""

    def __init__(self, command: str, host: str, port: int, secret: str) -> None:
        """`host` is a loopback address; `secret` is a part of the path, at least 128 random bits."""
        super().__init__(command, host=host, port=port, title="drill", templates_path=TEMPLATES)
        self.secret = secret

    @property
    def address(self) -> str:
        """What the learner opens."""
        return f"{self.public_url}/{self.secret}/"

    def serve(self, debug: bool = False) -> None:
        """Serve until a signal ends it; says the address once it answers."""
        self.debug = debug
        logging.basicConfig(level=logging.ERROR, format="drill serve: %(message)s")
        web.run_app(self._make_app(), host=self.host, port=self.port, print=self._announce, access_log=None)

    def _announce(self, *_: object) -> None:
        say(f"drill is at {self.address}")
        say("Only this machine reaches it. Ctrl+C ends it; a block waits at Home.")
        sys.stdout.flush()

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab, one drill; it lives as long as the tab."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)

        async def close() -> None:
            await socket.close()

        service = HungUpService(
            self.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        await service.start(_cells(request, "width", 80), _cells(request, "height", 24))
        try:
            await self._process_messages(socket, service)
        finally:
            await service.stop()
        return socket

    async def _make_app(self) -> web.Application:
        inner = web.Application()
        aiohttp_jinja2.setup(inner, loader=jinja2.FileSystemLoader(self.templates_path))
        inner.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/download/{key}", self.handle_download, name="download"),
                web.static("/static", self.statics_path, name="static"),
            ]
        )
        app = web.Application(middlewares=[self._only_from_here])
        app.add_subapp(f"/{self.secret}", inner)
        return app

    @web.middleware
    async def _only_from_here(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse another host name, another page's request, and a socket without an origin."""
        hosts = {f"{name}:{self.port}" for name in (self.host, "localhost")}
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if request.host not in hosts or (origin is None and is_socket):
            raise web.HTTPForbidden(text="drill answers this machine only.")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            raise web.HTTPForbidden(text="drill answers its own page only.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(self._policy())
        return response

    def _policy(self) -> dict[str, str]:
        own = f"http://{self.host}:{self.port}"
        return {
            "Content-Security-Policy": (
                f"default-src 'none'; script-src {own}; style-src {own} 'unsafe-inline'; font-src {own}; "
                f"img-src {own} data:; connect-src {own} ws://{self.host}:{self.port}; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


def _cells(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return min(int(text), 1000) if text.isascii() and text.isdigit() else default
