"""The files that paths name."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator

from gongkai._gongkai import format_named
from gongkai.errors import GongkaiError
from gongkai.source import file_error

__all__ = ["STANDARD_INPUT", "find"]

STANDARD_INPUT = "-"
ARCHIVE = ".zip"


def find(paths: Iterable[str], fail: Callable[[GongkaiError], object]) -> Iterator[str]:
    """The sources the paths name: folders are walked in sorted order. Patterns are expanded
    here too, since not every shell does; a pattern that names nothing is a file that is
    missing."""
    for path in paths:
        for found in expanded(path):
            if found == STANDARD_INPUT or not os.path.isdir(found):
                yield found
            else:
                yield from walk(found, fail)


def expanded(path: str) -> list[str]:
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True)) or [path]


def walk(folder: str, fail: Callable[[GongkaiError], object]) -> Iterator[str]:
    """The files below a folder that a reader knows by their extension, and archives."""

    def failed(error: OSError) -> None:
        fail(file_error(error, str(error.filename or folder)))

    for place, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not hidden(name))
        for name in sorted(files):
            if not hidden(name) and is_known(os.path.splitext(name)[1]):
                yield os.path.join(place, name)


def is_known(extension: str) -> bool:
    if extension.lower() == ARCHIVE:
        return True
    # Names may hold bytes that are no text; no extension of a reader does.
    return extension.isascii() and format_named(extension.removeprefix(".")) is not None


def hidden(name: str) -> bool:
    # "~$" begins the lock files that Word leaves beside an open document.
    return name.startswith((".", "~$"))
