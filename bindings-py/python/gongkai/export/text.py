"""CSV and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gongkai._gongkai import Table, encode_gb18030
from gongkai.errors import CallerError, unwritable

__all__ = ["ENCODINGS", "encoder", "write_csv", "write_jsonl"]

ENCODINGS: dict[str, Callable[[str], bytes]] = {"utf-8": str.encode, "gb18030": encode_gb18030}
"""How text becomes bytes; GB18030 has the mapping of its 2022 edition."""


def encoder(encoding: str) -> Callable[[str], bytes]:
    """Text to bytes; a character that has no bytes of its own is a FileError."""
    if encoding not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise CallerError(
            f"expected an encoding of {known}, found {encoding!r}",
            code="encoding",
            message_zh=f"编码应为 {known}，实为{encoding!r}",
        )

    def encode(text: str) -> bytes:
        try:
            return ENCODINGS[encoding](text)
        except UnicodeEncodeError as error:
            raise unwritable(error, encoding) from error

    return encode


def write_csv(table: Table, path: str, *, encoding: str = "utf-8", bom: bool = False) -> None:
    """RFC 4180, lines ending in `\\n`, absent values as empty fields."""
    encode = encoder(encoding)
    names = [field["name"] for field in table.fields]
    with open(path, "wb") as file:
        file.write(encode(("\ufeff" if bom else "") + ",".join(names) + "\n"))
        for record in table:
            file.write(encode(",".join(map(csv_field, record.values())) + "\n"))


def csv_field(value: object) -> str:
    if value is None:
        return ""
    text = plain(value)
    if any(character in text for character in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def write_jsonl(table: Table, path: str) -> None:
    """One object a line; decimals are strings, since JSON readers turn numbers into floats."""
    encode = encoder("utf-8")

    def value(value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value

    with open(path, "wb") as file:
        for record in table:
            line = {name: value(found) for name, found in record.items()}
            file.write(encode(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"))
