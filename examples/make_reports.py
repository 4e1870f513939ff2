"""Writes the reports in `reports/`: invented agencies, one report in each carrier; and in
`county/`: the towns of an invented county over five years, with the slips that real reports
have.

The tables are laid out from the library's own list of indicators, so this shows what the
forms look like; it tests nothing. The zip entries carry a fixed date: the same bytes
every time.
"""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import gongkai

HERE = Path(__file__).parent / "reports"
COUNTY = Path(__file__).parent / "county"


class Cell(NamedTuple):
    text: str
    columns: int = 1
    rows: int = 1


Table = list[list[Cell]]
Block = str | Table


def unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def proactive(edition: str, values: dict[str, str]) -> Table:
    cells = [i for i in gongkai.indicators() if (i.edition, i.table) == (edition, "proactive")]
    table: Table = []
    for title, block in groupby(cells, key=lambda i: i.row_labels[0]):
        rows = list(block)
        labels = unique(i.column_labels[-1] for i in rows)
        # The blocks share one grid of six columns.
        spans = {1: [5], 2: [2, 3], 3: [2, 2, 1]}[len(labels)]
        table.append([Cell(title, columns=6)])
        table.append([Cell("信息内容"), *map(Cell, labels, spans)])
        for label, row in groupby(rows, key=lambda i: i.row_labels[-1]):
            printed = [values.get(i.id, "0") for i in row]
            table.append([Cell(label), *map(Cell, printed, spans)])
    return table


def requests(edition: str, values: dict[str, str]) -> Table:
    cells = [i for i in gongkai.indicators() if (i.edition, i.table) == (edition, "requests")]
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    kinds = unique(i.column_labels[-1] for i in cells[:7])
    table = [
        [Cell(corner, columns=3, rows=3), Cell("申请人情况", columns=7)],
        [Cell(kinds[0], rows=2), Cell("法人或其他组织", columns=5), Cell(kinds[6], rows=2)],
        [Cell(kind) for kind in kinds[1:6]],
    ]
    rows = [(labels, list(row)) for labels, row in groupby(cells, key=lambda i: i.row_labels)]
    seen: set[tuple[str, ...]] = set()
    for labels, row in rows:
        line: list[Cell] = []
        for depth, label in enumerate(labels, start=1):
            group = labels[:depth]
            if group not in seen:
                seen.add(group)
                height = sum(other[:depth] == group for other, _ in rows)
                line.append(
                    Cell(label, columns=4 - depth if depth == len(labels) else 1, rows=height)
                )
        table.append(line + [Cell(values.get(i.id, "0")) for i in row])
    return table


def review(edition: str, values: dict[str, str]) -> Table:
    cells = [i for i in gongkai.indicators() if (i.edition, i.table) == (edition, "review")]
    labels = [i.column_labels for i in cells]
    return [
        [Cell("行政复议", columns=5), Cell("行政诉讼", columns=10)],
        [Cell(label[-1], rows=2) for label in labels[:5]]
        + [Cell("未经复议直接起诉", columns=5), Cell("复议后起诉", columns=5)],
        [Cell(label[-1]) for label in labels[5:]],
        [Cell(values.get(i.id, "0")) for i in cells],
    ]


def report(name: str, year: int, edition: str, values: dict[str, str]) -> list[Block]:
    return [
        f"{name}{year}年政府信息公开工作年度报告",
        "本报告依据《中华人民共和国政府信息公开条例》编制，"
        f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        "一、总体情况",
        f"{year}年，{name}按时公开了各项应公开的信息。本报告为示例，机关与数据均属虚构。",
        "二、主动公开政府信息情况",
        proactive(edition, values),
        "三、收到和处理政府信息公开申请情况",
        requests(edition, values),
        "四、政府信息公开行政复议、行政诉讼情况",
        review(edition, values),
        "五、存在的主要问题及改进情况",
        "信息更新有时不够及时，今后将定期检查。",
        "六、其他需要报告的事项",
        "无其他需要报告的事项。",
        name,
        f"{year + 1}年1月20日",
    ]


def grid(table: Table) -> list[list[tuple[Cell, bool]]]:
    """Rows of cells, those that only continue one from above included and marked."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    rows = []
    for cells in table:
        row: list[tuple[Cell, bool]] = []
        column = 0
        todo = list(cells)
        while todo or column in open_cells:
            if column in open_cells:
                cell, left = open_cells.pop(column)
                row.append((cell, True))
            else:
                cell = todo.pop(0)
                left = cell.rows
                row.append((cell, False))
            if left > 1:
                open_cells[column] = (cell, left - 1)
            column += cell.columns
        rows.append(row)
    return rows


def as_text(blocks: list[Block]) -> str:
    """One cell a line behind a tab, an empty line after each row: what many a
    converter leaves of a document."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        lines.append("")
        for row in grid(block):
            lines += [f"\t{'' if goes_on else cell.text}" for cell, goes_on in row]
            lines.append("")
    return "\n".join(lines) + "\n"


def as_html(blocks: list[Block]) -> str:
    title, *rest = blocks
    assert isinstance(title, str)
    lines = ["<!DOCTYPE html>", '<html lang="zh-CN">', '<meta charset="utf-8">']
    lines += [f"<title>{title}</title>", f"<h1>{title}</h1>"]
    for block in rest:
        if isinstance(block, str):
            lines.append(f"<p>{html.escape(block)}</p>")
            continue
        lines.append("<table>")
        for row in block:
            cells = "".join(
                f"<td{f' colspan={c.columns}' if c.columns > 1 else ''}"
                f"{f' rowspan={c.rows}' if c.rows > 1 else ''}>{html.escape(c.text)}</td>"
                for c in row
            )
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</table>")
    return "\n".join(lines) + "\n</html>\n"


def as_docx(blocks: list[Block]) -> dict[str, str]:
    def paragraph(text: str) -> str:
        return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'

    def cell(cell: Cell, goes_on: bool) -> str:
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        text = paragraph("" if goes_on else cell.text)
        return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text}</w:tc>"

    def table(table: Table) -> str:
        rows = "".join(f"<w:tr>{''.join(cell(*c) for c in row)}</w:tr>" for row in grid(table))
        columns = "<w:gridCol/>" * sum(c.columns for c in table[0])
        return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"

    body = "".join(paragraph(b) if isinstance(b, str) else table(b) for b in blocks)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{head}<w:document "
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
    }


def write(path: Path, blocks: list[Block]) -> None:
    """Writes the report in the carrier that the file's name says."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in as_docx(blocks).items():
                entry = zipfile.ZipInfo(name, (2023, 1, 20, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, text)
        return
    text = as_html(blocks) if path.suffix == ".html" else as_text(blocks)
    path.write_text(text, encoding="utf-8", newline="\n")


# Requests received from persons and from enterprises, 2020 to 2024.
TOWNS = {
    "songlin": ("松林镇人民政府", [12, 15, 21, 30, 34], [1, 0, 2, 3, 5]),
    "liuwan": ("柳湾镇人民政府", [4, 6, 5, 9, 14], [0, 1, 0, 1, 1]),
    "shiqiao": ("石桥乡人民政府", [2, 2, 7, 6, 11], [0, 0, 1, 0, 2]),
    "yunling": ("云岭街道办事处", [22, 27, 40, 38, 51], [3, 4, 4, 6, 7]),
}
CARRIERS = [".docx", ".html", ".txt"]


def write_county() -> None:
    COUNTY.mkdir(exist_ok=True)
    for number, (file_name, (name, persons, firms)) in enumerate(TOWNS.items()):
        open_cases = 0
        for at, year in enumerate(range(2020, 2025)):
            edition = "2019" if year == 2020 else "2021"
            brought, open_cases = open_cases, persons[at] // 6
            values = town_year(persons[at], firms[at], brought, open_cases)
            if (file_name, year) == ("songlin", 2023):
                # Digits exchanged: the row and the column no longer add up.
                cell = "requests.granted.natural_person"
                values[cell] = values[cell][::-1]
            if (file_name, year) == ("shiqiao", 2022):
                # Not what last year's report carried forward; all sums hold.
                values["requests.brought_forward.natural_person"] = "1"
                values["requests.brought_forward.total"] = "1"
                values["requests.granted.natural_person"] = "6"
                values["requests.granted.total"] = "7"
                values["requests.total.natural_person"] = "7"
                values["requests.total.total"] = "8"
            if (file_name, year) == ("liuwan", 2022):
                values["requests.carried_forward.total"] = ""
            if (file_name, year) == ("yunling", 2021):
                values["proactive.fees.amount"] = "/"
            path = COUNTY / f"{file_name}-{year}{CARRIERS[(number + at) % len(CARRIERS)]}"
            write(path, report(name, year, edition, values))
    # What somebody saved under the wrong name.
    (COUNTY / "liuwan-2025.docx").write_bytes(b"%PDF-1.4\n%%EOF\n")


def town_year(persons: int, firms: int, brought: int, carried: int) -> dict[str, str]:
    """The cells of a balanced report that are not zero."""
    closed = persons + brought - carried
    outcomes = {
        "unavailable.not_held": closed // 5,
        "denied.third_party_rights": closed // 9,
        "not_processed.duplicate": closed // 12,
    }
    outcomes["granted"] = closed - sum(outcomes.values())
    rows = {row: (count, firms if row == "granted" else 0) for row, count in outcomes.items()}
    rows |= {
        "received": (persons, firms),
        "brought_forward": (brought, 0),
        "total": (closed, firms),
        "carried_forward": (carried, 0),
    }
    values = {"proactive.licensing.decisions": str(40 + 3 * persons)}
    for row, (person, firm) in rows.items():
        values[f"requests.{row}.natural_person"] = str(person)
        values[f"requests.{row}.enterprise"] = str(firm)
        values[f"requests.{row}.total"] = str(person + firm)
    return values


def main() -> None:
    HERE.mkdir(exist_ok=True)
    town = {
        "proactive.licensing.decisions": "12",
        "proactive.penalties.decisions": "3",
        "proactive.fees.amount": "0.52",
        "requests.received.natural_person": "3",
        "requests.received.total": "3",
        "requests.granted.natural_person": "2",
        "requests.granted.total": "2",
        "requests.total.natural_person": "2",
        "requests.total.total": "2",
        "requests.carried_forward.natural_person": "1",
        "requests.carried_forward.total": "1",
    }
    write(HERE / "qinghe-2021.txt", report("青禾镇人民政府", 2021, "2021", town))

    # The next year of the same town, with a cell left blank and a dash.
    town = {
        "proactive.normative_documents.in_force": "2",
        "proactive.licensing.decisions": "9",
        "proactive.fees.amount": "/",
        "requests.brought_forward.natural_person": "1",
        "requests.brought_forward.total": "1",
        "requests.unavailable.not_held.natural_person": "1",
        "requests.unavailable.not_held.total": "1",
        "requests.denied.state_secret.research": "",
        "requests.total.natural_person": "1",
        "requests.total.total": "1",
    }
    write(HERE / "qinghe-2022.docx", report("青禾镇人民政府", 2022, "2021", town))

    county = {
        "proactive.normative_documents.made": "4",
        "proactive.normative_documents.disclosed": "4",
        "proactive.normative_documents.disclosed_total": "31",
        "proactive.licensing.prior_items": "208",
        "proactive.licensing.change": "-6",
        "proactive.licensing.decisions": "5120",
        "proactive.procurement.projects": "17",
        "proactive.procurement.amount": "1362.8040",
        "requests.received.natural_person": "21",
        "requests.received.enterprise": "2",
        "requests.received.total": "23",
        "requests.granted.natural_person": "15",
        "requests.granted.enterprise": "2",
        "requests.granted.total": "17",
        "requests.partially_granted.natural_person": "4",
        "requests.partially_granted.total": "4",
        "requests.denied.third_party_rights.natural_person": "2",
        "requests.denied.third_party_rights.total": "2",
        "requests.total.natural_person": "21",
        "requests.total.enterprise": "2",
        "requests.total.total": "23",
        "review.reconsideration.upheld": "1",
        "review.reconsideration.total": "1",
    }
    write(HERE / "bailu-2020.html", report("白鹭县人民政府", 2020, "2019", county))
    write_county()


if __name__ == "__main__":
    main()
