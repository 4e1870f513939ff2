"""From a path, bytes or a file object to a report."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from typing import Protocol, TypeAlias, overload

from gongkai._gongkai import Limits, Report, parse
from gongkai.errors import CallerError, FileError, MissingFileError

__all__ = ["Source", "read"]


class BinaryFile(Protocol):
    """What is needed of a file object."""

    def read(self, size: int, /) -> bytes: ...


Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryFile


def read(
    source: Source,
    *,
    format: str | None = None,
    encoding: str | None = None,
    limits: Limits | Mapping[str, int] | None = None,
) -> Report:
    """Reads a report from a path, from bytes, or from a binary file object.

    Format and encoding are detected unless given: `format` is a name such as "docx",
    `encoding` a label of the WHATWG Encoding Standard such as "gb18030". `limits` bounds
    what a document may cost.

    Raises a subclass of GongkaiError when no report can exist at all; everything that
    still leaves a report is in its findings.
    """
    bounds = limits_of(limits)
    name: str | None
    if isinstance(source, (str, os.PathLike)):
        name = os.fsdecode(source)
        data = read_path(name, bounds.input_bytes)
    elif isinstance(source, (bytes, bytearray, memoryview)):
        name, data = None, bytes(source)
    else:
        data = read_file(source, bounds.input_bytes)
        given = getattr(source, "name", None)
        name = given if isinstance(given, str) else None
    return parse(
        data,
        format=format,
        encoding=encoding,
        limits=bounds,
        file_name=name_of(name),
        source=name_of(name),
    )


def limits_of(limits: Limits | Mapping[str, int] | None) -> Limits:
    if limits is None:
        return Limits()
    if isinstance(limits, Limits):
        return limits
    try:
        return Limits(**limits)
    except (TypeError, OverflowError) as error:
        raise CallerError(f"{error}", code="limits", message_zh=f"限制有误：{error}") from error


def read_path(path: str, limit: int) -> bytes:
    try:
        mode = os.stat(path).st_mode
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(mode):
            raise _not_a_file(path, stat.S_ISDIR(mode))
        with open(path, "rb") as file:
            # One byte more than allowed, so that passing the limit is seen.
            return file.read(limit + 1)
    except FileError:
        raise
    except OSError as error:
        raise file_error(error, path) from error
    except ValueError as error:  # A NUL in the path.
        raise CallerError(
            f"{error}", code="path", message_zh="路径有误", source=name_of(path)
        ) from error


def _not_a_file(path: str, folder: bool) -> FileError:
    what, what_zh = ("a folder", "文件夹") if folder else ("no regular file", "非普通文件")
    error = FileError(
        f"expected a file, found {what}",
        code="folder" if folder else "not-a-file",
        message_zh=f"应为文件，实为{what_zh}",
        source=name_of(path),
    )
    error.errno = errno.EISDIR if folder else errno.EINVAL
    error.filename = path
    return error


def file_error(error: OSError, path: str) -> FileError:
    """The package's own form of an error of the operating system."""
    missing = isinstance(error, FileNotFoundError)
    own = (MissingFileError if missing else FileError)(
        (error.strerror or str(error)).lower(),
        code="missing" if missing else "io",
        message_zh="文件不存在" if missing else "无法读取文件",
        source=name_of(path),
    )
    own.errno, own.strerror, own.filename = error.errno, error.strerror, path
    return own


def read_file(file: BinaryFile, limit: int) -> bytes:
    if not callable(getattr(file, "read", None)):
        raise TypeError(
            f"expected a path, bytes or a binary file object, found {type(file).__name__}"
        )
    pieces: list[bytes] = []
    size = 0
    # A raw file may return less than it is asked for.
    while size <= limit:
        piece: object = file.read(limit + 1 - size)
        if isinstance(piece, str):
            raise CallerError(
                "expected a binary file object, found a text one: open it with mode 'rb'",
                code="text-file",
                message_zh="应为二进制文件对象，请用 'rb' 方式打开",
            )
        if not isinstance(piece, bytes):
            raise TypeError(f"read() should have returned bytes, found {type(piece).__name__}")
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    data = b"".join(pieces)
    if not data and _position(file) > 0:
        raise CallerError(
            "the file object stands at its end: call seek(0) first",
            code="at-end",
            message_zh="文件对象已读到末尾，请先调用 seek(0)",
        )
    return data


def _position(file: BinaryFile) -> int:
    try:
        position = getattr(file, "tell")()  # noqa: B009
        return position if isinstance(position, int) else 0
    except (AttributeError, OSError):
        return 0


@overload
def name_of(path: str) -> str: ...
@overload
def name_of(path: None) -> None: ...
def name_of(path: str | None) -> str | None:
    """A path for messages and hints; bytes that are no Unicode show as escapes."""
    if path is None:
        return None
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
