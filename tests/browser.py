"""A real Chromium, driven over its DevTools protocol: keys, clicks, what stands on the page, pictures."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-port=0", "--remote-allow-origins=*",
)  # fmt: skip
PATIENCE_S = 60.0


class Tab:
    """One tab. Every request and every word on the console since it was opened is kept."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.requests: list[str] = []
        self.console: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            match said:
                case {"id": number}:
                    self._answers.pop(number).set_result(said)
                case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}:
                    self.requests.append(url)
                case {"method": "Log.entryAdded", "params": {"entry": {"text": text}}}:
                    self.console.append(text)

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One call of the protocol; its result. Raises AssertionError with what the browser says."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        said = await asyncio.wait_for(answer, PATIENCE_S)
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    async def wait_for(self, expression: str) -> None:
        """Wait until a JavaScript expression is true."""
        for _ in range(int(PATIENCE_S * 20)):
            if await self.evaluate(expression):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    async def press(self, key: str, code: int | None = None) -> None:
        """A key: one character, or a named one with its code (Enter: 13)."""
        text = key if len(key) == 1 else "\r" if key == "Enter" else ""
        known = code if code is not None else ord(key.upper()) if len(key) == 1 else 13
        keys = {"key": key, "windowsVirtualKeyCode": known, "nativeVirtualKeyCode": known}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **keys)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **keys)

    async def click(self, x: float, y: float) -> None:
        """A left click at a place in CSS pixels."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def picture(self, path: Path) -> None:
        """The page as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    async def stop(self) -> None:
        """Close the connection, not the browser."""
        self._reader.cancel()
        await self._socket.close()


@asynccontextmanager
async def opened(address: str, profile: Path, *, width: int = 1280, height: int = 800) -> AsyncIterator[Tab]:
    """A browser with a profile of its own and one tab at `address`; both are gone afterwards."""
    browser = subprocess.Popen(
        [str(BROWSER), *QUIET, f"--user-data-dir={profile}", f"--window-size={width},{height}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            tab = Tab(await session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0))
            for domain in ("Network", "Log", "Page"):
                await tab.call(f"{domain}.enable")
            await tab.call("Page.navigate", url=address)
            yield tab
            await tab.stop()
    finally:
        browser.kill()
        browser.wait()


async def _port(file: Path) -> int:
    for _ in range(int(PATIENCE_S * 20)):
        if file.exists() and (text := file.read_text().split()):
            return int(text[0])
        await asyncio.sleep(0.05)
    raise AssertionError("the browser did not start")
