"""Where reports are read from, and what stops them."""

from __future__ import annotations

import copy
import io
import os
import pickle
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import gongkai
from conftest import RECEIVED, TOP, written
from gongkai import _gongkai


@pytest.mark.parametrize(
    "source",
    [
        lambda path: path,
        lambda path: str(path),
        lambda path: path.read_bytes(),
        lambda path: bytearray(path.read_bytes()),
        lambda path: memoryview(path.read_bytes()),
        lambda path: io.BytesIO(path.read_bytes()),
    ],
)
def test_sources_agree(path: Path, source: Callable[[Path], Any], report: gongkai.Report) -> None:
    assert gongkai.read(source(path)) == report


def test_raw_file_objects_are_read_to_their_end(path: Path, report: gongkai.Report) -> None:
    class Slow(io.RawIOBase):
        data = io.BytesIO(path.read_bytes())

        def read(self, size: int = -1, /) -> bytes:
            return self.data.read(min(size, 7))

    assert gongkai.read(Slow()) == report
    with path.open("rb", buffering=0) as file:
        assert gongkai.read(file) == report


def test_options(path: Path, text: str, report: gongkai.Report) -> None:
    chinese = gongkai.read(text.encode("gb18030"), encoding="gb18030")
    assert (chinese.encoding, report.encoding) == ("gb18030", "UTF-8")
    assert [fact.value for fact in chinese.facts] == [fact.value for fact in report.facts]
    assert gongkai.read(path, format="text").format == "text"
    assert gongkai.read(path, limits={"tables": 2}) == report
    assert gongkai.read(path, limits=gongkai.Limits(tables=2)) == report


def test_missing_file(tmp_path: Path) -> None:
    path = str(tmp_path / "无.docx")
    with pytest.raises(FileNotFoundError) as caught:
        gongkai.read(path)
    error = caught.value
    assert isinstance(error, gongkai.MissingFileError)
    assert (error.kind, error.code, error.source) == ("io", "missing", path)
    assert error.filename == path and error.errno == 2
    assert path in str(error)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(gongkai.FileError, match="found a folder") as caught:
        gongkai.read(tmp_path)
    assert caught.value.code == "folder"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file"):
        gongkai.read(pipe)
    with pytest.raises(gongkai.CallerError):
        gongkai.read("a\0b")


def test_file_objects_that_cannot_serve(text: str) -> None:
    with pytest.raises(gongkai.CallerError, match="mode 'rb'"):
        gongkai.read(io.StringIO(text))  # type: ignore[arg-type]
    at_end = io.BytesIO(text.encode())
    at_end.read()
    with pytest.raises(gongkai.CallerError, match="seek"):
        gongkai.read(at_end)
    with pytest.raises(TypeError, match="int"):
        gongkai.read(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "error", "code"),
    [
        (b"", gongkai.InputError, "empty"),
        (b"%PDF-1.7", gongkai.InputError, "damaged"),
        (b"GIF89a", gongkai.UnsupportedError, "unsupported-format"),
        ("没有表格的文字。".encode(), gongkai.InputError, "not-a-report"),
    ],
)
def test_errors_of_the_library(data: bytes, error: type[gongkai.GongkaiError], code: str) -> None:
    with pytest.raises(error) as caught:
        gongkai.read(data)
    assert caught.value.code == code
    assert isinstance(caught.value, ValueError)
    assert caught.value.message and caught.value.message_zh


def test_errors_name_the_source(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"GIF89a")
    with pytest.raises(gongkai.UnsupportedError, match=re.escape(str(path))) as caught:
        gongkai.read(path)
    assert caught.value.source == str(path)


def test_limits(path: Path) -> None:
    with pytest.raises(gongkai.LimitError, match="input_bytes = 10"):
        gongkai.read(path, limits={"input_bytes": 10})
    with pytest.raises(gongkai.LimitError) as caught:
        gongkai.read(path, limits={"tables": 1})
    assert caught.value.location is not None and "at line" in str(caught.value)
    for wrong in ({"table": 1}, {"tables": -1}, {"tables": "many"}):
        with pytest.raises(gongkai.CallerError):
            gongkai.read(path, limits=wrong)  # type: ignore[arg-type]
    limits = gongkai.Limits(depth=3)
    assert limits.depth == 3 and limits.tables == gongkai.Limits().tables
    assert pickle.loads(pickle.dumps(limits)) == copy.deepcopy(limits) == limits
    assert hash(limits) == hash(gongkai.Limits(depth=3)) != hash(gongkai.Limits())


def test_limits_are_those_of_the_library() -> None:
    source = (TOP / "core/src/options.rs").read_text(encoding="utf-8")
    body = source[source.index("pub struct Limits") :]
    fields = re.findall(r"pub (\w+): u64", body)
    assert fields == re.findall(r"(\w+)=", repr(gongkai.Limits()))


def test_unknown_format(path: Path) -> None:
    with pytest.raises(gongkai.CallerError, match="docx, doc, rtf"):
        gongkai.read(path, format="tiff")


def test_a_panic_becomes_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    panic: Callable[[], None] = getattr(_gongkai, "_panic")  # noqa: B009
    with pytest.raises(gongkai.InternalError, match="on request") as caught:
        panic()
    assert isinstance(caught.value, RuntimeError)
    assert "guard.rs" in caught.value.message
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error",
    [
        gongkai.GongkaiError,
        gongkai.InputError,
        gongkai.LimitError,
        gongkai.UnsupportedError,
        gongkai.CallerError,
        gongkai.FileError,
        gongkai.MissingFileError,
        gongkai.InternalError,
    ],
)
def test_errors_pickle(error: type[gongkai.GongkaiError], report: gongkai.Report) -> None:
    place = report.facts[0].location
    one = error("no", code="x", message_zh="否", location=place, source="a.txt")
    two = pickle.loads(pickle.dumps(one))
    assert type(two) is error and error.__module__ == "gongkai"
    assert vars(two) == vars(one) and str(two) == str(one) == f"a.txt: no (x) at {place}"


def test_reading_in_threads() -> None:
    numbers = range(64)

    def received(number: int) -> str:
        data = written(received=str(number)).encode()
        return gongkai.read(data)[RECEIVED].text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(received, numbers)) == [str(number) for number in numbers]
