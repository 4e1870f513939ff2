"""Reports as HTML, read back with an independent parser."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import html5lib
import pytest

import gongkai
from conftest import TOP, written

FORM = "申请人情况"
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;<b>"


def documents() -> list[Path]:
    fixtures = (TOP / "tests/fixtures").glob("[!b]*/*")
    plain = [p for p in fixtures if p.suffixes[-1:] in ([".txt"], [".html"])]
    inputs = [p for p in plain if not p.name.endswith((".outline.txt", ".error.txt"))]
    return sorted(
        [*inputs, *(TOP / "examples/reports").iterdir(), *(TOP / "tests/forms").glob("*.txt")]
    )


def parsed(html: str) -> Element:
    """The tree of a page; a page that is not well formed is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def fragment(shown: Any) -> str:
    """What a notebook shows of an object."""
    html: str = shown._repr_html_()
    return html


def text_of(element: Element) -> str:
    """What a person sees: without what is only said, and without marks."""
    own = element.text or ""
    for child in element:
        if child.get("class", "").split()[:1] not in (["said"], ["proposed"], ["sign"]):
            own += text_of(child)
        own += child.tail or ""
    return own


class Place(NamedTuple):
    cell: Element
    row: int
    column: int


def grid_of(table: Element) -> dict[tuple[int, int], Place]:
    """The grid that the cells' spans make; no two cells on one place, no place empty."""
    grid: dict[tuple[int, int], Place] = {}
    rows = list(table.iter("tr"))
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in grid:
                column += 1
            for down in range(int(cell.get("rowspan", "1"))):
                for right in range(int(cell.get("colspan", "1"))):
                    place = (at + down, column + right)
                    assert place not in grid, f"two cells at {place}"
                    grid[place] = Place(cell, at, column)
    width = 1 + max(column for _, column in grid)
    assert set(grid) == {(r, c) for r in range(len(rows)) for c in range(width)}
    return grid


def labels_of(grid: dict[tuple[int, int], Place], row: int, column: int) -> tuple[list[str], ...]:
    """Labels above and beside the cell, as its place tells them."""
    above: list[str] = []
    for r in range(row - 1, -1, -1):
        cell = grid[r, column].cell
        if cell.get("class") == "title":
            above.append(text_of(cell))
            break
        if cell.tag == "th" and grid[r, column].row == r:
            above.append(text_of(cell))
    beside = [
        text_of(grid[row, c].cell)
        for c in range(column)
        if grid[row, c].cell.tag == "th" and grid[row, c].column == c
    ]
    return above[::-1], beside


def expected_labels(fact: gongkai.Fact) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What the form prints above and beside the cell, in any edition that it may be of."""
    _, _, name = fact.row.partition("/")
    row = fact.row.partition("/")[0]
    found = set()
    for cell in gongkai.indicators():
        if (cell.table, cell.row, cell.column) != (fact.table, row, fact.column):
            continue
        if fact.edition not in (None, cell.edition):
            continue
        titles = cell.row_labels[:1] if cell.table == "proactive" else ()
        above = (*titles, *((FORM,) if cell.table == "requests" else ()), *cell.column_labels)
        beside = (*cell.row_labels[len(titles) :], *((name,) if name else ()))
        found.add((above, beside))
    return found


@pytest.mark.parametrize("path", documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_cells_stand_where_the_form_has_them(path: Path) -> None:
    try:
        report = gongkai.read(path)
    except gongkai.InputError:
        return  # A fixture in another encoding than its bytes: transcoded elsewhere.
    tree = parsed(report.to_html())
    seen: Counter[str] = Counter()
    for table in tree.iter("table"):
        grid = grid_of(table)
        for (row, column), place in grid.items():
            if (row, column) != (place.row, place.column) or place.cell.tag != "td":
                continue
            id = place.cell.attrib["data-fact"]
            state = place.cell.attrib["class"].split()[0]
            shown = text_of(place.cell)
            fact = report.get(id)
            if fact is None:
                assert (state, shown) == ("absent", "·")
                continue
            seen[id] += 1
            assert state == fact.status
            if fact.value is not None:
                money = fact.unit if fact.unit in ("元", "万元") else ""
                assert shown == f"{fact.value}{money}"
            elif fact.status == "not_applicable":
                assert shown == fact.text
            elif fact.status == "blank":
                assert shown == ""
            else:
                assert shown.startswith("?")
            above, beside = labels_of(grid, row, column)
            assert (tuple(above), tuple(beside)) in expected_labels(fact), id
    assert seen == Counter(fact.id for fact in report.facts)


def test_every_finding_is_listed_and_described() -> None:
    report = gongkai.read(TOP / "tests/forms/cell-suspect.txt")
    tree = parsed(report.to_html())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    found = {f.fingerprint: f for f in (*report.findings, *report.check())}.values()
    entries = {e.attrib["id"]: "".join(e.itertext()) for e in tree.iter("li")}
    assert len(entries) == len(found)
    for finding in found:
        (anchor,) = [a for a in entries if finding.fingerprint in a]
        assert finding.code in entries[anchor] and finding.message.zh in entries[anchor]
        assert finding.message.en in entries[anchor]
        for id in finding.facts:
            (cell,) = tree.findall(f".//td[@data-fact='{id}']")
            assert anchor in cell.attrib["aria-describedby"].split()
            assert f"{finding.code} {finding.message.zh}" in cell.attrib["title"]
            assert set(cell.attrib["class"].split()) & {"error", "warning", "info", "unknown"}


def test_suspects_show_what_would_mend_them() -> None:
    report = gongkai.read(TOP / "tests/forms/cell-suspect.txt")
    proposals = [f.suggestions for f in report.check() if f.code.startswith("LOC-")]
    tree = parsed(report.to_html())
    cells = [td for td in tree.iter("td") if "suspect" in td.attrib["class"].split()]
    assert [td.attrib["data-fact"] for td in cells] == [s.fact for s in proposals[0]]
    for td, suggestion in zip(cells, proposals[0], strict=True):
        (shown,) = [e for e in td.iter("span") if e.get("class") == "proposed"]
        assert shown.text == f"→{suggestion.value}?"
        assert td.text == report[suggestion.fact].text, "the printed value stays"


def test_a_balanced_report_has_no_marks() -> None:
    tree = parsed(gongkai.read(TOP / "examples/reports/qinghe-2021.txt").to_html(findings=[]))
    classes = {td.attrib["class"] for td in tree.iter("td")}
    assert classes == {"reported"}
    assert not list(tree.iter("li"))


def hostile(report: gongkai.Report) -> gongkai.Report:
    """The report with hostile characters in every text that a document decides."""

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {key: changed(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [changed(item, key) for item in value]
        free = isinstance(value, str) and key in (
            *("text", "heading", "name", "evidence", "zh", "en", "quote", "expected", "actual"),
            *("part", "code", "fingerprint", "document_number"),
        )
        return value + HOSTILE if free else value

    data = changed(report.to_dict())
    for name in ("title", "document_number"):
        data[name] = {"value": HOSTILE, "text": HOSTILE, "location": {}}
    for fact in data["facts"]:
        if "/" in fact["row"]:
            fact["row"] += HOSTILE
        if fact["column"] in ("natural_person", "decisions"):
            fact["status"] = "unreadable"
            fact.pop("value", None)
        if fact["column"] in ("total", "change"):
            fact["status"] = "not_applicable"
            fact.pop("value", None)
    return gongkai.Report.from_json(json.dumps(data))


@pytest.mark.parametrize("name", ["label-named-services", "requests-short-labels", "value-notes"])
def test_hostile_text_stays_text(name: str) -> None:
    report = hostile(gongkai.read(TOP / f"tests/fixtures/text/{name}.txt"))
    facts = list(report.facts)
    for html in (
        report.to_html(),
        fragment(report),
        fragment(report.facts),
        fragment(report.table("findings")),
        fragment(report.table("reports")),
        *(fragment(report.explain(fact.id)) for fact in facts[:2]),
    ):
        page = html if html.startswith("<!DOCTYPE") else f"<!DOCTYPE html><title>x</title>{html}"
        tree = parsed(page)
        tags = {element.tag for element in tree.iter()}
        assert not tags & {"script", "img", "b", "iframe", "object", "link"}
        names = {name for element in tree.iter() for name in element.attrib}
        assert names <= {
            *("class", "lang", "title", "id", "style", "charset", "name", "content"),
            *("data-fact", "aria-describedby", "rowspan", "colspan", "scope"),
        }


def test_hostile_names_of_files_stay_text(tmp_path: Path) -> None:
    path = tmp_path / f"{HOSTILE.replace('/', '')}.docx"
    path.write_bytes(b"%PDF-1.4\n")
    tree = parsed(f"<!DOCTYPE html><title>x</title>{fragment(gongkai.read_many(path))}")
    assert str(path) in [text_of(cell) for cell in tree.iter("td")]


def test_nothing_is_loaded() -> None:
    html = gongkai.read(TOP / "examples/reports/bailu-2020.html").to_html()
    assert "url(" not in html and "@import" not in html and "http" not in html


def test_page_is_written(tmp_path: Path) -> None:
    report = gongkai.read(TOP / "examples/reports/qinghe-2021.txt")
    path = tmp_path / "页.html"
    page = report.to_html(path)
    assert path.read_text(encoding="utf-8") == page
    assert fragment(report) in page
    with pytest.raises(FileNotFoundError):
        report.to_html(tmp_path / "none" / "page.html")


def test_tables_show_their_first_records() -> None:
    report = gongkai.read(TOP / "examples/reports/qinghe-2022.docx")
    for shown in (report.facts, report.table("facts")):
        tree = parsed(f"<!DOCTYPE html><title>x</title>{fragment(shown)}")
        header, *rows = [[text_of(cell) for cell in row] for row in tree.iter("tr")]
        assert header[1:3] == ["agency", "year"] and len(rows) == 10
        for row, fact in zip(rows, report.facts, strict=False):
            cells = dict(zip(header, row, strict=True))
            assert ".".join(cells[name] for name in ("table", "row", "column")) == fact.id
            assert cells["status"] == fact.status
            number = "∅" if fact.value is None else format(fact.value.normalize(), "f")
            assert cells["value"] == number


def test_batch_shows_failures_first(tmp_path: Path) -> None:
    good = TOP / "examples/reports/qinghe-2021.txt"
    bad = tmp_path / "<坏>.docx"
    bad.write_bytes(b"%PDF-1.4\n")
    batch = gongkai.read_many([good, bad])
    tree = parsed(f"<!DOCTYPE html><title>x</title>{fragment(batch)}")
    header, failed, read = [[text_of(cell) for cell in row] for row in tree.iter("tr")]
    assert header == [
        *("source", "agency", "year", "edition", "errors", "warnings", "unknown", "error")
    ]
    assert failed[0] == str(bad) and failed[-1] != "∅"
    assert read[:4] == [str(good), "青禾镇人民政府", "2021", "2021"] and read[-1] == "∅"


def test_explain() -> None:
    report = gongkai.read(TOP / "tests/forms/cell-suspect.txt")
    id = "requests.granted.natural_person"
    told = report.explain(id)
    fact = report[id]
    assert (told.id, told.fact, told.unit, told.edition) == (id, fact, "件", "2021")
    assert told.row_labels == ("三、本年度办理结果", "（一）予以公开")
    assert told.column_labels == ("自然人",)
    assert told.clause == "第三十六条第一、二项"
    assert {s.code for s in told.sums} == {"REQ-ROW-TOTAL", "REQ-OUTCOME-TOTAL"}
    for sum_ in told.sums:
        assert id in {term.id for term in sum_.left}
        for term in (*sum_.left, *sum_.right):
            assert (term.value, term.status) == (report[term.id].value, report[term.id].status)
    codes = {finding.code for finding in told.findings}
    assert {"REQ-ROW-TOTAL", "REQ-OUTCOME-TOTAL", "LOC-CELLS"} <= codes
    for shown in (repr(told), fragment(told)):
        assert fact.text in shown and str(fact.location) in shown and "REQ-ROW-TOTAL" in shown
    assert pickle.loads(pickle.dumps(told)) == told


def test_explain_what_is_not_printed_or_not_known() -> None:
    report = gongkai.read(written().encode())
    told = report.explain("requests.total.total")
    assert told.fact is None and "not printed" in repr(told) and told.row_labels[-1] == "（七）总计"
    with pytest.raises(KeyError, match=r"requests\.nothing\.total"):
        report.explain("requests.nothing.total")


def test_explain_a_row_that_the_report_names() -> None:
    report = gongkai.read(TOP / "tests/fixtures/text/label-named-services.txt")
    told = report.explain("proactive.other_services/行政检查.decisions")
    assert told.row_labels == ("第二十条第（五）项", "其他对外管理服务事项", "行政检查")
    assert told.clause == "第二十条第五项" and told.fact is not None
