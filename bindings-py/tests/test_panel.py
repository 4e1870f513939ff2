"""A batch as a panel of agencies and years."""

from __future__ import annotations

from pathlib import Path

import gongkai
from conftest import written


def folder(tmp_path: Path) -> Path:
    """Two towns over three years; one lacks a year, one has a year twice."""
    reports = {
        "a/青禾-2021.txt": written("青禾镇", 2021, fees="1"),
        "a/青禾-2022.txt": written("青禾镇", 2022, fees="300"),
        "a/青禾-2023.txt": written("青禾镇", 2023, fees="310"),
        "b/白鹭-2021.txt": written("白鹭乡", 2021),
        "b/白鹭-2023.txt": written("白鹭乡", 2023),
        "c/松林-2021.txt": written("松林镇", 2021),
        "c/松林-2022.txt": written("松林镇", 2022),
        "c/松林-2022-更正.txt": written("松林镇", 2022, received="4"),
        "c/松林-2023.txt": written("松林镇", 2023),
        "d/无名.txt": written("青禾镇", 2021).split("\n", 1)[1].replace("青禾镇人民政府", ""),
        "d/坏.txt": "no report",
    }
    for name, text in reports.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_a_panel_has_and_lacks(tmp_path: Path) -> None:
    batch = gongkai.read_many(folder(tmp_path))
    panel = batch.panel()
    towns = ("松林镇人民政府", "白鹭乡人民政府", "青禾镇人民政府")
    assert panel.agencies == tuple(sorted(towns)) and panel.years == (2021, 2022, 2023)
    assert panel.gaps == (("白鹭乡人民政府", (2022,)),)
    assert panel.unplaced == (str(tmp_path / "d/无名.txt"),)
    (repeated,) = panel.repeated
    assert {Path(source).stem for source in repeated} == {"松林-2022", "松林-2022-更正"}
    assert panel.balanced == ("青禾镇人民政府",)
    assert repr(panel) == (
        "<gongkai.Panel 3 agencies, 2021–2023: 1 balanced, 1 with gaps, "
        f"{len(panel.findings)} findings across years>"
    )


def test_checks_across_years(tmp_path: Path) -> None:
    panel = gongkai.read_many(folder(tmp_path)).panel()
    failed = [found for found in panel.findings if found.finding.verdict == "failed"]
    assert {found.finding.code for found in failed} == {"A20-UNIT", "XY-JUMP"}
    assert {Path(found.source).name for found in failed} == {"青禾-2022.txt"}
    # A missing or doubtful year forbids an answer, and is no failure.
    for source, finding in panel.findings:
        if Path(source).name.startswith(("白鹭", "松林")):
            assert finding.verdict == "unknown"


def test_records(tmp_path: Path) -> None:
    batch = gongkai.read_many(folder(tmp_path))
    panel = batch.panel()
    assert len(list(panel.records())) == 9
    balanced = list(panel.records(balanced=True))
    assert [(r["agency"], r["year"]) for r in balanced] == [
        ("青禾镇人民政府", year) for year in panel.years
    ]
    assert [r["req_received_person"] for r in balanced] == [3, 3, 3]


def test_a_key_tells_agencies_apart(tmp_path: Path) -> None:
    batch = gongkai.read_many(folder(tmp_path))
    panel = batch.panel(key=lambda source, report: Path(source).parent.name)
    assert panel.agencies == ("a", "b", "c", "d")
    assert {record["agency"] for record in panel.records()} == set(panel.agencies)


def test_an_empty_panel() -> None:
    panel = gongkai.read_many([]).panel()
    assert (panel.agencies, panel.years, panel.gaps, list(panel.records())) == ((), (), (), [])
    assert "no years" in repr(panel)
