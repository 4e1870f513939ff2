"""The exceptions of the package. Each kind says who is at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai._gongkai import Location

__all__ = [
    "CallerError",
    "FileError",
    "GongkaiError",
    "InputError",
    "InternalError",
    "LimitError",
    "MissingFileError",
    "UnsupportedError",
]


class GongkaiError(Exception):
    """No report can exist. Base of all exceptions of the package."""

    __module__ = "gongkai"
    kind = ""
    """Stable name of the kind: input, limit, unsupported, caller, io or internal."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        message_zh: str,
        location: Location | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh
        self.code = code
        """Stable identifier of the reason."""
        self.location = location
        self.source = source
        """The path as given, where there is one."""

    def __str__(self) -> str:
        place = f" at {self.location}" if self.location is not None else ""
        text = f"{self.message} ({self.code}){place}"
        return text if self.source is None else f"{self.source}: {text}"

    def __reduce__(self) -> tuple[Any, ...]:
        # By keyword: `args` holds the message only.
        fields = {
            "code": self.code,
            "message_zh": self.message_zh,
            "location": self.location,
            "source": self.source,
        }
        return _rebuilt, (type(self), self.message, fields)


class InputError(GongkaiError, ValueError):
    """The bytes are damaged, or are not a report."""

    __module__ = "gongkai"
    kind = "input"


class LimitError(GongkaiError, ValueError):
    """A limit of `gongkai.Limits` was passed."""

    __module__ = "gongkai"
    kind = "limit"


class UnsupportedError(GongkaiError, ValueError):
    """The bytes may be a report, but in a form that is not read."""

    __module__ = "gongkai"
    kind = "unsupported"


class CallerError(GongkaiError, ValueError):
    """The caller asked for something impossible."""

    __module__ = "gongkai"
    kind = "caller"


class FileError(GongkaiError, OSError):
    """The bytes could not be obtained."""

    __module__ = "gongkai"
    kind = "io"


class MissingFileError(FileError, FileNotFoundError):
    """There is no such file."""

    __module__ = "gongkai"


class InternalError(GongkaiError, RuntimeError):
    """The library itself is at fault: a defect worth reporting."""

    __module__ = "gongkai"
    kind = "internal"


_KINDS: dict[str, type[GongkaiError]] = {
    error.kind: error
    for error in (InputError, LimitError, UnsupportedError, CallerError, FileError, InternalError)
}


def of_kind(
    kind: str,
    code: str,
    message: str,
    message_zh: str,
    location: Location | None,
    source: str | None,
) -> GongkaiError:
    """The exception for an error of the library."""
    # A kind this package does not know yet is still an error, never a crash.
    error = MissingFileError if code == "missing" else _KINDS.get(kind, GongkaiError)
    return error(message, code=code, message_zh=message_zh, location=location, source=source)


def unwritable(error: UnicodeEncodeError, encoding: str) -> FileError:
    """The error for a character that an encoding lacks: nothing is put in its place."""
    character = ascii(error.object[error.start])
    return FileError(
        f"{encoding} cannot write {character}",
        code="encoding",
        message_zh=f"{encoding} 无法表示 {character}",
    )


def _rebuilt(error: type[GongkaiError], message: str, fields: dict[str, Any]) -> GongkaiError:
    return error(message, **fields)
