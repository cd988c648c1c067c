"""A bank of drill's own format packed with its pictures: one .yaml in a zip, the pictures beside it."""

from __future__ import annotations

from drill.core.figures.pictures import MAX_BYTES
from drill.importers.pictures_beside import NoPictureError, PictureSource, too_large
from drill.importers.zip_package import Package, PackageError

_HINT = "Pack one .yaml file and its pictures, without a password."


def is_zipped_bank(package: Package) -> bool:
    """Whether a package holds a YAML file and no manifest of QTI."""
    return bool(_banks(package)) and not any(package.named("imsmanifest.xml"))


def _banks(package: Package) -> list[str]:
    return [name for name in package.named(".yaml", ".yml") if not name.startswith("__MACOSX/")]


def unpack(package: Package) -> tuple[bytes, PictureSource]:
    """The bank's bytes, and the source of its pictures. Raises PackageError."""
    banks = _banks(package)
    if len(banks) != 1:
        what = f"The zip package holds {len(banks)} .yaml files, and a package is one bank."
        raise PackageError("zip", what, _HINT)
    return package.read(banks[0]), _Pictures(package, banks[0].rpartition("/")[0])


class _Pictures:
    """Reads pictures of a package by their paths beside the bank."""

    def __init__(self, package: Package, folder: str) -> None:
        self._package = package
        self._folder = f"{folder}/" if folder else ""

    def __call__(self, path: str) -> bytes:
        name = self._folder + path
        if name not in self._package:
            raise NoPictureError("there is no such file in the package")
        if self._package.is_link(name):
            raise NoPictureError("it is no file")
        if (error := too_large(self._package.size(name))) is not None:
            raise error
        try:
            return self._package.read_picture(name, MAX_BYTES)
        except PackageError as error:
            raise NoPictureError("it cannot be unpacked") from error
