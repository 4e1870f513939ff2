"""Where a file is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["destination"]


@contextmanager
def destination(path: str | os.PathLike[str]) -> Iterator[str]:
    """A path to write to. A file that stands at `path` is replaced only when all is
    written, so that an error leaves no half of one."""
    target = os.path.realpath(os.fsdecode(path))
    if os.path.exists(target) and not os.path.isfile(target):
        yield os.fsdecode(path)  # A pipe, a device, or a folder, which will be refused.
        return
    folder, name = os.path.split(target)
    place = os.path.join(folder, f".{name}.{os.getpid()}.part")
    with open(place, "wb"):
        pass  # The libraries' own words for a folder that is missing are worse.
    try:
        yield place
        os.replace(place, target)
    except BaseException:
        with suppress(OSError):
            os.remove(place)
        raise
