"""Picture files: read without leaving the folder, decoded within limits, and opened by the system's viewer."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drill.core.figures.pictures import Format, Media, media_of
from drill.importers import read_bank
from drill.importers.package_kinds import kind_of_package
from drill.importers.pictures_beside import NoPictureError
from drill.usecases.banking import check_file
from drill.usecases.import_view import field_changes
from drill.usecases.picture_files import beside
from drill.usecases.pixels import MOST_PX, UnreadablePictureError, decode, why_unreadable
from drill.usecases.viewer import Ending, NoViewer, Viewer, png
from tests.factories import make_figure, make_item, make_png

BANK = """drill: 1
bank:
  id: notes
  title: Notes
items:
  - id: q1
    stem: "Look [figure hand]. What is it?"
    options: [This, That]
    answer: A
    explanation: So it is.
    figures:
      - id: hand
        alt: A hand.
        image: pictures/hand.png
"""


def saved(image: Image.Image, format: str, **options: object) -> bytes:  # noqa: A002 - Pillow's word
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank with one picture in a folder below it."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "notes.yaml").write_text(BANK)
    (tmp_path / "pictures" / "hand.png").write_bytes(make_png())
    return tmp_path


@pytest.mark.parametrize(
    ("format", "how"),
    [
        ("PNG", {}), ("JPEG", {}), ("JPEG", {"progressive": True, "exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
        ("WEBP", {}), ("WEBP", {"lossless": True}), ("WEBP", {"exif": b"II*\0\x08\0\0\0\0\0"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [(1, 1), (259, 3), (16, 300)])
def test_the_size_that_a_header_tells_is_that_of_the_picture(
    format: str,  # noqa: A002 - Pillow's word
    how: dict[str, object],
    size: tuple[int, int],
) -> None:
    found = media_of(saved(Image.new("RGB", size), format, **how))
    assert (found.format, found.width_px, found.height_px) == (format.lower(), *size)


def codes(path: Path) -> list[str]:
    return [each.code for each in check_file(path).read.diagnostics]


def test_a_bank_is_read_with_the_pictures_beside_it(folder: Path) -> None:
    result = check_file(folder / "notes.yaml")
    assert result.ok
    assert result.read.bank is not None
    assert [each.data for each in result.read.bank.media] == [make_png()]


@pytest.mark.parametrize("name", ["hand.png", "pictures"])
def test_a_link_on_the_way_is_refused_even_within_the_folder(folder: Path, name: str) -> None:
    real = folder / "elsewhere"
    if name == "pictures":
        (folder / "pictures").rename(real)
        (folder / "pictures").symlink_to(real)
    else:
        (folder / "pictures" / "hand.png").rename(real)
        (folder / "pictures" / "hand.png").symlink_to(real)
    found = check_file(folder / "notes.yaml").read.diagnostics
    assert [each.code for each in found] == ["no-picture"]
    assert "link" in found[0].message


def test_a_missing_picture_is_told_at_its_line(folder: Path) -> None:
    (folder / "pictures" / "hand.png").unlink()
    found = check_file(folder / "notes.yaml").read.diagnostics
    assert [(each.code, each.line, each.column) for each in found] == [("no-picture", 14, 16)]
    assert "there is no such file" in found[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_folder_in_its_place_does_not_hang(folder: Path) -> None:
    picture = folder / "pictures" / "hand.png"
    picture.unlink()
    os.mkfifo(picture)
    assert codes(folder / "notes.yaml") == ["no-picture"]
    picture.unlink()
    picture.mkdir()
    assert codes(folder / "notes.yaml") == ["no-picture"]


def test_a_picture_that_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "pictures" / "hand.png").open("wb") as file:
        file.truncate(5 * 1024 * 1024)
    found = check_file(folder / "notes.yaml").read.diagnostics
    assert [each.code for each in found] == ["no-picture"]
    assert "5.0 MiB" in found[0].message


def test_a_picture_that_is_cut_short_is_told_at_its_line(folder: Path) -> None:
    whole = saved(Image.effect_noise((64, 64), 90).convert("RGB"), "PNG")
    (folder / "pictures" / "hand.png").write_bytes(whole[: len(whole) // 2])
    found = check_file(folder / "notes.yaml").read.diagnostics
    assert [(each.code, each.line) for each in found] == [("bad-picture", 14)]


def test_reading_by_a_path_with_a_link_raises_whatever_is_behind_it(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("/etc")
    with pytest.raises(NoPictureError, match="link"):
        beside(tmp_path / "notes.yaml").read("a/hostname")


# Packed


def packed(path: Path, files: dict[str, bytes], linked: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            if name == linked:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            package.writestr(entry, data)
    return path


@pytest.mark.parametrize("top", ["", "bank/"])
def test_a_bank_and_its_pictures_may_be_packed(tmp_path: Path, top: str) -> None:
    files = {
        f"{top}notes.yaml": BANK.encode(),
        f"{top}pictures/hand.png": make_png(),
        "__MACOSX/x.yaml": b"x",
    }
    result = check_file(packed(tmp_path / "notes.zip", files))
    assert result.ok, result.read.diagnostics
    assert result.read.bank is not None
    assert len(result.read.bank.media) == 1


def test_what_is_wrong_in_a_package_is_told(tmp_path: Path) -> None:
    bank, picture = {"notes.yaml": BANK.encode()}, {"pictures/hand.png": make_png()}
    assert codes(packed(tmp_path / "a.zip", bank)) == ["no-picture"]
    assert codes(packed(tmp_path / "b.zip", bank | picture, linked="pictures/hand.png")) == ["no-picture"]
    assert codes(packed(tmp_path / "c.zip", bank | {"other.yml": b"x"})) == ["zip"]
    assert codes(packed(tmp_path / "d.zip", bank | {"pictures/hand.png": b"\0" * 5_000_000})) == [
        "no-picture"
    ]


def test_a_package_of_qti_is_not_taken_for_a_bank() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("imsmanifest.xml", "<manifest/>")
        package.writestr("notes.yaml", BANK)
    assert kind_of_package(memory.getvalue()) is None
    assert kind_of_package(b"PK\3\4 broken") is None


# Decoding


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 95}), ("JPEG", {"progressive": True}), ("WEBP", {}), ("WEBP", {"lossless": True})],
)  # fmt: skip
@pytest.mark.parametrize("size", [(1, 1), (40, 30), (301, 7)])
def test_header_and_decoder_agree_on_every_format(
    kind: str, options: dict[str, object], size: tuple[int, int]
) -> None:
    media = media_of(saved(Image.new("RGB", size, (250, 10, 10)), kind, **options))
    assert (media.format, media.width_px, media.height_px) == (Format(kind.lower()), *size)
    decoded = decode(media)
    assert decoded.size == size
    red, green, _ = decoded.sample((0, 0, 1, 1), 4, 2).at(3, 1)
    assert red > 200
    assert green < 60


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8 "]),
)
def test_hostile_bytes_are_refused_and_never_crash(data: bytes, head: bytes) -> None:
    try:
        media = media_of(head + data)
    except ValueError:
        return
    assert why_unreadable(media) is not None


def test_a_header_that_lies_about_the_size_is_refused() -> None:
    media = media_of(make_png(8, 6))
    lie = Media(media.sha256, media.format, 9, 6, media.data)
    with pytest.raises(UnreadablePictureError, match="differ in size"):
        decode(lie)


def test_a_picture_is_decoded_no_larger_than_a_terminal_can_show() -> None:
    decoded = decode(media_of(saved(Image.new("RGB", (5_000, 2_000), "white"), "PNG")))
    assert max(decoded.size) == MOST_PX


def test_what_is_transparent_is_white_and_a_turned_photograph_stands_upright() -> None:
    clear = decode(media_of(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG")))
    assert clear.sample((0, 0, 1, 1), 2, 2).at(0, 0) == (255, 255, 255)
    turned = Image.new("RGB", (30, 10), "black")
    exif = turned.getexif()
    exif[0x0112] = 6
    assert decode(media_of(saved(turned, "JPEG", exif=exif))).size == (10, 30)


def test_a_part_of_a_picture_is_sampled_by_shares() -> None:
    image = Image.new("RGB", (100, 100), "white")
    image.paste((0, 0, 0), (50, 0, 100, 100))
    decoded = decode(media_of(saved(image, "PNG")))
    assert decoded.sample((0, 0, 0.5, 1), 2, 2).at(1, 1) == (255, 255, 255)
    assert decoded.sample((0.5, 0, 1, 1), 2, 2).at(0, 0) == (0, 0, 0)


# Opening


def test_a_viewer_gets_a_new_file_of_a_safe_ending_in_a_private_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    started: list[list[str]] = []
    viewer = Viewer(started.append, "linux")
    hidden = make_png() + b"<script>"
    path = viewer.show(png(decode(media_of(hidden))), Ending.PNG)
    assert started == [["/usr/bin/xdg-open", str(path)]]
    assert path.suffix == ".png"
    assert b"<script>" not in path.read_bytes()
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    viewer.close()
    assert not path.parent.exists()


def test_without_a_viewer_it_is_said_where_the_file_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    viewer = Viewer(lambda command: None, "linux")
    with pytest.raises(NoViewer, match=r"figure-1\.html"):
        viewer.show(b"<!doctype html>", Ending.HTML)
    viewer.close()


def test_a_bank_from_standard_input_has_no_folder() -> None:
    assert [
        each.code for each in read_bank(BANK.encode(), name="standard-input", format="yaml").diagnostics
    ] == ["no-picture"]


def test_a_changed_figure_is_told_before_a_bank_is_imported_again() -> None:
    before = make_item(figures=(make_figure("ecg"), make_figure("gone")))
    after = make_item(figures=(make_figure("ecg", title="New"), make_figure("come")))
    assert [change.field for change in field_changes(before, after)] == [
        "figure ecg",
        "figure gone",
        "figure come",
    ]
