"""Files for other programs: written, read back by those programs' libraries, and compared
with the facts."""

from __future__ import annotations

import csv
import io
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import gongkai
from conftest import TOP, written
from gongkai.export import FORMATS, form, write
from gongkai.export.panel import STATUSES, exact_float, label
from test_tables import FIXTURES, NAMES


@pytest.fixture
def batch() -> gongkai.Batch:
    """The samples, every status, a text that looks like a formula, and a failure."""
    odd = [written(received="约3"), written(town='=1+1,"镇"', fees=""), "no report"]
    return gongkai.read_many([TOP / "examples/reports", *map(str.encode, odd)])


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_csv(name: Any, batch: gongkai.Batch, tmp_path: Path) -> None:
    table = batch.table(name)
    path = tmp_path / "t.csv"
    for encoding, bom, codec in (
        ("utf-8", False, "utf-8"),
        ("utf-8", True, "utf-8-sig"),
        ("gb18030", False, "gb18030"),
    ):
        table.to_csv(path, encoding=encoding, bom=bom)  # type: ignore[arg-type]
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") == bom and b"\r" not in data
        rows = list(csv.DictReader(io.StringIO(data.decode(codec), newline="")))
        assert rows == [{n: as_text(v) for n, v in record.items()} for record in table]


def test_gb18030_is_that_of_2022_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    batch = gongkai.read_many([written(town="龴𠮷㐂镇").encode()])
    batch.facts.to_csv(path, encoding="gb18030")
    assert b"\xfe\x59" + "𠮷㐂".encode("gb18030") in path.read_bytes()
    before = path.read_bytes()
    private = gongkai.read_many([written(town="\ue81e镇").encode()])
    assert [record["agency"] for record in private.table("panel")] == ["\ue81e镇人民政府"]
    with pytest.raises(gongkai.FileError, match=r"gb18030 cannot write '.ue81e'"):
        private.facts.to_csv(path, encoding="gb18030")
    # What stood there is whole, and nothing else was left.
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]
    with pytest.raises(gongkai.CallerError, match="gb18030"):
        private.facts.to_csv(path, encoding="gbk")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_json_lines(name: Any, batch: gongkai.Batch, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    batch.table(name).to_jsonl(path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines == [
        {n: format(v, "f") if isinstance(v, Decimal) else v for n, v in record.items()}
        for record in batch.table(name)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_parquet(name: Any, batch: gongkai.Batch, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table, path = batch.table(name), tmp_path / "t.parquet"
    table.to_parquet(path)
    back = parquet.read_table(path)
    assert back.to_pylist() == list(table)
    assert back.schema.equals(table.to_arrow().schema, check_metadata=True)
    assert back.schema.metadata[b"gongkai.tables_version"] == b"%d" % gongkai.TABLES_VERSION
    assert back.schema.field("source").metadata[b"zh"].decode() == "文件"


def test_every_format_is_in_the_table_of_formats(batch: gongkai.Batch, tmp_path: Path) -> None:
    for format in FORMATS:
        write(batch.facts, format, tmp_path / f"facts.{format}")
        assert (tmp_path / f"facts.{format}").stat().st_size > 1000
    with pytest.raises(gongkai.CallerError, match="xpt"):
        write(batch.facts, "xpt", tmp_path / "facts.xpt")
    with pytest.raises(FileNotFoundError):
        batch.facts.to_csv(tmp_path / "none" / "facts.csv")


# Workbooks.


def workbook(path: Path) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(path)


def test_a_sheet_holds_the_table(batch: gongkai.Batch, tmp_path: Path) -> None:
    for name in ("facts", "findings", "reports"):
        table = batch.table(name)
        table.to_excel(tmp_path / "t.xlsx")
        (sheet,) = workbook(tmp_path / "t.xlsx").worksheets
        names, labels, *rows = sheet.iter_rows()
        assert [cell.value for cell in names] == [field["name"] for field in table.fields]
        assert [cell.value for cell in labels] == [label(field) for field in table.fields]
        for cells, record in zip(rows, table, strict=True):
            for cell, value in zip(cells, record.values(), strict=True):
                same(cell, value)


def same(cell: Any, value: Any) -> None:
    """A cell holds a value of a table: text as text, numbers exactly."""
    if value is None or value == "":
        assert cell.value is None
    elif isinstance(value, bool):
        assert cell.value is value
    elif isinstance(value, str):
        assert cell.value == value and cell.data_type in ("s", "inlineStr")
    elif isinstance(cell.value, str):
        assert cell.value == as_text(value) and len(Decimal(value).as_tuple().digits) > 15
    else:
        assert Decimal(repr(cell.value)) == value


def test_workbook_of_a_batch(batch: gongkai.Batch, tmp_path: Path) -> None:
    batch.to_excel(tmp_path / "b.xlsx")
    book = workbook(tmp_path / "b.xlsx")
    assert book.sheetnames[:5] == ["说明", "报告", "面板", "问题", "白鹭县人民政府 2020"]
    assert len(book.sheetnames) == 4 + len(batch.reports)
    colours = {cell.value: cell.fill.fgColor.rgb for (cell, *_) in book["说明"].iter_rows()}
    facts = {(i, fact.id): fact for i, r in enumerate(batch.reports) for fact in r.facts}
    panel, statuses = batch.table("panel"), list(batch.table("panel_status"))
    rows = book["面板"].iter_rows(min_row=3)
    ids = [field["en"] if "editions" in field else None for field in panel.fields]
    seen = set()
    for i, (cells, record) in enumerate(zip(rows, panel, strict=True)):
        for cell, id, (name, value) in zip(cells, ids, record.items(), strict=True):
            status = statuses[i][name]
            if id is None or status == "reported":
                same(cell, value)
                continue
            seen.add(status)
            shown = status in ("unreadable", "not_applicable", "inexact")
            assert cell.value == (facts[i, id].text if shown else None)
            if status in ("unreadable", "missing", "divided", "inexact"):
                assert cell.fill.fgColor.rgb == colours[STATUSES[status].label]
    assert seen >= {"blank", "not_applicable", "unreadable", "missing"}
    batch.to_excel(tmp_path / "few.xlsx", forms=False)
    assert workbook(tmp_path / "few.xlsx").sheetnames == ["说明", "报告", "面板", "问题"]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_fact_is_in_its_place_of_the_form(path: Path, tmp_path: Path) -> None:
    try:
        report = gongkai.read(path)
    except gongkai.GongkaiError:
        return
    tables = form.statutory_tables(report)
    placed = [c.content for t in tables for c in t.cells if isinstance(c.content, gongkai.Fact)]
    assert sorted(fact.id for fact in placed) == sorted(fact.id for fact in report.facts)
    assert all(report[fact.id] == fact for fact in placed)
    for table in tables:
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            own = {
                (cell.row + row, cell.column + column)
                for row in range(cell.height)
                for column in range(cell.width)
            }
            assert not own & taken and cell.height > 0 and cell.width > 0
            assert cell.row + cell.height <= table.height
            assert cell.column + cell.width <= table.width
            taken |= own
    report.to_excel(tmp_path / "r.xlsx")
    sheet = workbook(tmp_path / "r.xlsx").worksheets[-1]
    merged = {
        cell: (group.min_row, group.min_col)
        for group in sheet.merged_cells.ranges
        for row in group.rows
        for cell in row
    }
    top = 4
    for table in tables:
        for cell in table.cells:
            shown = sheet.cell(top + cell.row, cell.column + 1)
            last = (top + cell.row + cell.height - 1, cell.column + cell.width)
            assert merged.get(last, last) == (shown.row, shown.column)
            if isinstance(cell.content, gongkai.Fact):
                as_shown(shown, cell.content)
            else:
                assert (shown.value or "") == (cell.content or "")
        top += table.height + 3


def as_shown(cell: Any, fact: gongkai.Fact) -> None:
    """A cell of the form shows its fact: the number as printed, or the text."""
    if fact.value is None:
        assert cell.value == (fact.text or None)
        assert (fact.status == "unreadable") == (cell.fill.fgColor.rgb == "FFFFC7CE")
        return
    unit = fact.unit if fact.unit and fact.unit != fact.form_unit else ""
    if isinstance(cell.value, str):
        assert cell.value == f"{fact.value:f}{unit}"
        assert len(fact.value.normalize().as_tuple().digits) > 15
        return
    assert Decimal(repr(cell.value)) == fact.value
    places = max(0, -int(fact.value.as_tuple().exponent))
    assert cell.number_format == ("0." + "0" * places if places else "0") + (
        f'"{unit}"' if unit else ""
    )


def test_the_form_is_the_official_one() -> None:
    """Every cell of every edition stands under its own labels, read from the sheet alone."""
    reports = [gongkai.read(path) for path in sorted((TOP / "examples/reports").iterdir())]
    assert {report.edition for report in reports} == {"2019", "2021"}
    for report in reports:
        for table in form.statutory_tables(report):
            for cell in table.cells:
                if not isinstance(cell.content, gongkai.Fact):
                    continue
                above = headers(table.cells, cell, below=False)
                left = headers(table.cells, cell, below=True)
                (own,) = (
                    i
                    for i in gongkai.indicators()
                    if (i.edition, i.id) == (cell.content.edition, cell.content.id)
                )
                assert above[-len(own.column_labels) :] == own.column_labels
                titled = cell.content.table == "proactive"
                assert left == own.row_labels[1 if titled else 0 :]
                if titled:
                    titles = [c.content for c in table.cells if c.width > 1 and c.row < cell.row]
                    assert titles[-1] == own.row_labels[0]


def headers(cells: list[form.Cell], of: form.Cell, *, below: bool) -> tuple[str, ...]:
    """The labels beside a cell (`below`), or those above it since the last cell of facts."""
    labels = [c for c in cells if isinstance(c.content, str) and c.content]
    if below:
        beside = [c for c in labels if c.row <= of.row < c.row + c.height and c.column < of.column]
        return tuple(str(c.content) for c in sorted(beside, key=lambda c: c.column))
    over = [c for c in labels if c.column <= of.column < c.column + c.width and c.row < of.row]
    return tuple(str(c.content) for c in sorted(over, key=lambda c: c.row))


def test_parts_of_a_row_stand_in_its_place() -> None:
    report = gongkai.read(TOP / "tests/fixtures/text/label-named-services.txt")
    table = form.statutory_tables(report)[0]
    parts = [fact for fact in report.facts if fact.row == "other_services/行政检查"]
    assert len(parts) == 3
    (label_of,) = (c for c in table.cells if c.content == "其他对外管理服务事项/行政检查")
    beside = [c.content for c in table.cells if c.row == label_of.row and c != label_of]
    assert beside[-3:] == parts
    assert not any(c.content == "其他对外管理服务事项" for c in table.cells)
    (statuses,) = report.table("panel_status")
    assert statuses["pro_services_change"] == "divided"


def test_numbers_too_long_for_a_sheet_are_text(tmp_path: Path) -> None:
    digits = "1234567890123456.789012345"
    gongkai.read(written(fees=digits).encode()).to_excel(tmp_path / "r.xlsx")
    values = [c.value for row in workbook(tmp_path / "r.xlsx").worksheets[-1] for c in row]
    assert digits in values


# Statistics programs.


def test_stata(batch: gongkai.Batch, tmp_path: Path) -> None:
    in_stata(batch.table("panel"), tmp_path / "panel.dta", {".", ".a", ".b", ".c"})
    # One report: columns that hold nothing but missing values.
    alone = batch.reports[-2].table("panel")
    in_stata(alone, tmp_path / "panel.dta", {".", ".a", ".b", ".c"})


def in_stata(panel: gongkai.Table, path: Path, marks: set[str]) -> None:
    pandas = pytest.importorskip("pandas")
    panel.to_stata(path)
    assert path.read_bytes()[:35] == b"<stata_dta><header><release>118</re"
    with pandas.io.stata.StataReader(
        path, convert_missing=True, convert_categoricals=False
    ) as file:
        frame = file.read()
        labels, values = file.variable_labels(), file.value_labels()
    assert labels == {field["name"]: label(field, 80) for field in panel.fields}
    assert labels["pro_rules_made"] == "第二十条第（一）项·规章·本年新制作数量（件）"
    assert max(map(len, labels.values())) <= 80
    assert values
    seen = set()
    for at, (record, status) in enumerate(zip(panel, panel._sibling("panel_status"), strict=True)):
        for field in panel.fields:
            name = field["name"]
            cell, value = frame[name][at], record[name]
            if field["type"] == "utf8":
                assert cell == (value or "")
            elif value is not None:
                assert Decimal(repr(float(cell))) == value
            elif "editions" in field:
                seen.add(str(cell))
                assert str(cell) == f".{STATUSES[status[name]].stata or ''}"
            else:
                assert str(cell) == "."
    assert seen == marks


def test_spss(batch: gongkai.Batch, tmp_path: Path) -> None:
    in_spss(batch.table("panel"), tmp_path / "panel.sav")
    in_spss(batch.reports[-2].table("panel"), tmp_path / "panel.sav")


def in_spss(panel: gongkai.Table, path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    panel.to_spss(path)
    frame, about = pyreadstat.read_sav(path, user_missing=True)
    plain, _ = pyreadstat.read_sav(path)
    assert about.file_encoding == "UTF-8"
    assert about.column_names_to_labels == {f["name"]: label(f, 80) for f in panel.fields}
    seen = set()
    for at, (record, status) in enumerate(zip(panel, panel._sibling("panel_status"), strict=True)):
        for field in panel.fields:
            name = field["name"]
            cell, value = frame[name][at], record[name]
            if field["type"] == "utf8":
                assert cell == (value or "")
            elif value is not None:
                assert Decimal(repr(float(cell))) == value == Decimal(repr(float(plain[name][at])))
            elif "editions" in field and status[name] != "missing":
                mark = STATUSES[status[name]]
                seen.add(status[name])
                assert cell == mark.spss and math.isnan(plain[name][at])
                assert about.variable_value_labels[name][cell] == mark.label
            else:
                assert math.isnan(cell)
    assert seen == {"blank", "not_applicable", "unreadable"}


@pytest.mark.parametrize("name", ["facts", "findings", "reports", "panel_status"])
def test_other_tables_in_statistics_programs(
    name: Any, batch: gongkai.Batch, tmp_path: Path
) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    table = batch.table(name)
    table.to_stata(tmp_path / "t.dta")
    table.to_spss(tmp_path / "t.sav")
    for frame, about in (
        pyreadstat.read_dta(tmp_path / "t.dta"),
        pyreadstat.read_sav(tmp_path / "t.sav"),
    ):
        assert about.column_names_to_labels == {f["name"]: label(f, 80) for f in table.fields}
        for at, record in enumerate(table):
            for column, value in record.items():
                cell = frame[column][at]
                if isinstance(value, str) or isinstance(cell, str):
                    assert cell == (value or "")
                elif value is None:
                    assert math.isnan(cell)
                else:
                    assert Decimal(repr(float(cell))) == value


def test_a_number_that_a_double_does_not_hold_is_refused(tmp_path: Path) -> None:
    long = gongkai.read_many([written(fees="123456789012345.678").encode()])
    for table in (long.facts, long.table("panel")):
        for write_to in (table.to_stata, table.to_spss):
            with pytest.raises(gongkai.CallerError, match="double") as error:
                write_to(tmp_path / "t")
            assert error.value.code == "inexact" and error.value.source == "#1"
    assert list(tmp_path.iterdir()) == []


def test_fifteen_digits_survive_as_double() -> None:
    for digits in ("999999999999999", "123456789012345", "100000000000001"):
        for places in range(11):
            value = Decimal(digits).scaleb(-places)
            found = exact_float(value)
            assert found is not None and Decimal(repr(found)) == value
    assert exact_float(2**53) == 2.0**53 and exact_float(2**53 + 1) is None
    assert exact_float(10**400) is None


def test_labels_fit() -> None:
    fields = gongkai.read_many([]).table("panel").fields
    shortened = {"zh": "·".join(["一组很长的文字"] * 20), "unit": "件"}
    assert len(label(shortened, 80)) <= 80 and label(shortened, 80).startswith("…·一组")
    assert len({label(field, 80) for field in fields}) == len(fields)
