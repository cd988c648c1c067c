"""Which file of a package a picture's address means: every program writes paths in a way of its own."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from drill.core.figures.pictures import MAX_BYTES
from drill.importers.zip_package import Package, PackageError

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".bmp")
_FILEBASE = re.compile(r"\$?(?:IMS[-_]CC[-_]FILEBASE|CANVAS_COURSE_REFERENCE)\$?/?", re.IGNORECASE)
"""The folder of a Common Cartridge's files. Some write it percent-encoded: %24IMS-CC-FILEBASE%24."""
_XID = re.compile(r"xid-\d+_\d+")
"""How Blackboard names a file in its store; the file in the package has it at the end of its name."""
_FOLDERS = ("", "web_resources/", "content/")


class PackagePictures:
    """Looks pictures up in a package, whatever the address in a text looks like."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._by_last: dict[str, list[str]] = {}
        for name in package.names:
            if name.lower().endswith(_ENDINGS) or _XID.search(name):
                self._by_last.setdefault(posixpath.basename(name).lower(), []).append(name)

    def find(self, src: str, inside: str) -> tuple[str, bytes] | None:
        """Name and bytes of the file that `src` means in the file `inside`; None when there is none."""
        name = self._name(src, inside)
        if name is None:
            return None
        try:
            return name, self._package.read_picture(name, MAX_BYTES)
        except PackageError:
            return None

    def _name(self, src: str, inside: str) -> str | None:
        try:
            address = urlsplit(src)
        except ValueError:
            return None
        if address.netloc and address.scheme in ("http", "https"):
            return self._by_xid(src)
        path = _FILEBASE.sub("", unquote(address.path)).replace("\\", "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(inside), path))
        for name in (beside, *(folder + path.lstrip("/") for folder in _FOLDERS)):
            if name in self._package and name.lower().endswith(_ENDINGS):
                return name
        found = self._by_last.get(posixpath.basename(path).lower(), [])
        return found[0] if len(found) == 1 else self._by_xid(src)

    def _by_xid(self, src: str) -> str | None:
        found = _XID.search(src)
        if found is None:
            return None
        names = [name for names in self._by_last.values() for name in names if found.group() in name]
        return names[0] if len(names) == 1 else None
