"""`drill serve` in a real browser: a block by keys and mouse, a tab that closes, and who is turned away."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import aiohttp
import pytest

if sys.platform == "win32":
    pytest.skip("signals to drill behind a page are POSIX", allow_module_level=True)

from benchmarks.terminal import DRILL, compiled
from drill.importers.yaml_writer import bank_to_yaml
from tests.browser import BROWSER, PATIENCE_S, Tab, opened
from tests.factories import make_bank

REPO = Path(__file__).parent.parent.parent
ITEMS = 20
IN_BROWSER = pytest.mark.skipif(BROWSER is None, reason="no Chromium on the path to open the page with")


def database(folder: Path) -> Path:
    """A database with one bank of short questions: the options of the starter bank's may lie below the window."""
    bank = folder / "mine.yaml"
    bank.write_text(bank_to_yaml(make_bank(items=ITEMS)), encoding="utf-8")
    run("--db", str(folder / "drill.db"), "import", str(bank))
    run("--db", str(folder / "drill.db"), "banks", "--remove", "step2ck-starter")
    return folder / "drill.db"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DRILL, *words],
        cwd=REPO,
        env={**os.environ, **compiled()},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The address of the page, while drill serves it."""
    command = [*DRILL, "--db", str(db), "serve"]
    environment = {**os.environ, **compiled()}
    with subprocess.Popen(command, cwd=REPO, env=environment, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout is not None
            first = serving.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\S{32}/", first)
            assert found is not None, first
            yield found[0]
            serving.terminate()
            serving.wait(PATIENCE_S)
        finally:
            serving.kill()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page for all who only knock."""
    with served(database(tmp_path_factory.mktemp("served"))) as found:
        yield found


def events(db: Path) -> list[str]:
    """The kinds of event in the log, as a bystander reads them."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return [kind for (kind,) in connection.execute("SELECT kind FROM block_events ORDER BY block, seq")]


async def until(db: Path, kind: str, count: int = 1) -> list[str]:
    """Wait until the log holds `count` events of a kind."""
    for _ in range(int(PATIENCE_S * 10)):
        if (found := events(db)).count(kind) >= count:
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {kind} in {events(db)}")


async def start_a_block(tab: Tab, db: Path) -> None:
    await tab.wait_for("document.body.classList.contains('-first-byte')")
    await tab.wait_for("document.querySelector('.xterm-helper-textarea') !== null")
    await tab.evaluate("document.querySelector('.xterm-helper-textarea').focus()")
    await tab.press("Enter")
    await until(db, "started")


@IN_BROWSER
async def test_a_block_is_sat_by_keys_and_mouse_and_a_closed_tab_loses_nothing(
    tmp_path: Path,
) -> None:
    db = database(tmp_path)
    with served(db) as address:
        async with opened(address, tmp_path / "profile") as tab:
            await start_a_block(tab, db)
            await tab.press("b")
            await until(db, "chose")
            cell = await tab.evaluate(
                "(() => { const r = document.querySelector('.xterm-screen').getBoundingClientRect(); "
                "return [r.width, r.height]; })()"
            )
            assert min(cell) > 100  # the page has a terminal of some size
            await tab.press("Enter")
            await until(db, "moved", 2)
            await tab.press(",")
            for letter in "unsure":
                await tab.press(letter)
            await until(db, "noted")  # kept while it is typed, twice a second
            await tab.call("Page.navigate", url="about:blank")
            kinds = await until(db, "interrupted")
            assert kinds.count("chose") == 1
            outside = [url for url in tab.requests if not url.startswith((address, "about:", "data:"))]
            assert outside == []
            refused = [text for text in tab.console if "Content Security Policy" in text or "ERR_" in text]
            assert refused == []


@IN_BROWSER
async def test_what_a_browser_keeps_for_itself_has_another_key(tmp_path: Path) -> None:
    """F9 comes through the page for Ctrl+T, which never does."""
    db = database(tmp_path)

    def settings() -> list[str]:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            return [name for (name,) in connection.execute("SELECT name FROM settings")]

    with served(db) as address:
        async with opened(address, tmp_path / "profile") as tab:
            await start_a_block(tab, db)
            assert "clock" not in settings()
            await tab.press("F9", 120)
            for _ in range(int(PATIENCE_S * 10)):
                if "clock" in settings():
                    break
                await asyncio.sleep(0.1)
            assert "clock" in settings()


@IN_BROWSER
async def test_an_option_is_chosen_by_a_click(tmp_path: Path) -> None:
    db = database(tmp_path)
    with served(db) as address:
        async with opened(address, tmp_path / "profile") as tab:
            await start_a_block(tab, db)
            for _ in range(5):  # what a click hits depends on when the page has its size
                height = await tab.evaluate("document.querySelector('.xterm-screen').offsetHeight")
                for y in range(60, height - 40, 9):  # from below the rule down to above the footer
                    if "chose" not in events(db):
                        await tab.click(300, y)
                        await asyncio.sleep(0.1)
            assert "chose" in events(db)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("", {}, 200),
        ("", {"Host": "evil.example:80"}, 403),
        ("", {"Origin": "http://evil.example"}, 403),
        ("ws", {"Origin": "http://evil.example"}, 403),
        ("ws", {"Upgrade": "websocket", "Connection": "Upgrade"}, 403),
        ("static/js/textual.js", {}, 200),
        ("static/../../etc/passwd", {}, 404),
    ],
)
async def test_only_this_machine_and_this_page_are_answered(
    address: str, path: str, headers: dict[str, str], status: int
) -> None:
    async with aiohttp.ClientSession() as session, session.get(address + path, headers=headers) as answer:
        assert answer.status == status


async def test_without_the_secret_there_is_nothing(address: str) -> None:
    base = address.rsplit("/", 2)[0]
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/ws", "/static/js/textual.js", f"/{'x' * 32}/"):
            async with session.get(base + path) as answer:
                assert answer.status == 404


async def test_the_page_names_no_address_but_its_own(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
    own = address.rsplit("/", 2)[0]
    named = set(re.findall(r"(?:https?|wss?)://[^/\"'\s]+", page))
    assert named == {own, own.replace("http", "ws")}
    assert policy.startswith("default-src 'none'")


def test_another_port_is_asked_for_in_words(tmp_path: Path) -> None:
    done = run("--db", str(tmp_path / "drill.db"), "serve", "--port", "80")
    assert done.returncode == 2
    assert "a port from 1024 to 65535" in done.stderr
