"""Reads the sample reports, then the published ones where they are at hand."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import gongkai
from gongkai.cli import main as command

HERE = Path(__file__).parent
CARRIERS = ["txt", "html", "word.docx", "libreoffice.docx"]


def heading(text: str) -> None:
    print(f"\n── {text} ", "─" * max(0, 70 - len(text)), flush=True)


def first_facts(path: Path) -> None:
    report = gongkai.read(path)
    heading(f"gongkai.read({path.name!r})")
    print(report)
    reported = [fact for fact in report.facts if fact.value]
    for fact in reported[:8]:
        unit = fact.unit or fact.form_unit or ""
        print(f"  {fact.id:<50} {fact.value!s:>10} {unit:<4} {fact.location}")
    others = [fact for fact in report.facts if fact.status != "reported"]
    for fact in others:
        print(f"  {fact.id:<50} {fact.status:>10} {fact.text!r} {fact.location}")


def key_of(path: Path) -> dict[str, tuple[Decimal | None, str | None]]:
    """The answer key: value and printed unit of each cell; blank cells have no value."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            f"{row['table']}.{row['row']}.{row['column']}": (
                Decimal(row["value"]) if row["value"] else None,
                row["unit"] or None,
            )
            for row in csv.DictReader(file)
        }


def score(path: Path, key: dict[str, tuple[Decimal | None, str | None]]) -> tuple[int, int]:
    """How many facts equal the key, and how many facts the key does not have."""
    report = gongkai.read(path)
    equal = 0
    for name, (value, unit) in key.items():
        fact = report.get(name)
        if fact is None or fact.value != value or fact.unit != unit:
            continue
        equal += fact.status == ("blank" if value is None else "reported")
    return equal, sum(fact.id not in key for fact in report.facts)


def scores(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for key_path in sorted(folder.glob("*.facts.csv")):
        key = key_of(key_path)
        name = key_path.name.removesuffix(".facts.csv")
        for carrier in CARRIERS:
            path = folder / f"{name}.{carrier}"
            if path.exists():
                yield path.name, *score(path, key), len(key)


def main() -> int:
    samples = sorted((HERE / "reports").iterdir())
    for path in samples:
        first_facts(path)
    heading(f"gongkai show {samples[0].name}")
    if command(["show", str(samples[0])]) != 0:
        return 1

    published = Path(os.environ.get("GONGKAI_REPORTS", HERE / "../../shared/reports"))
    heading("published reports against their answer keys")
    if not published.is_dir():
        print(f"skipped: {published} is not there (set REPORTS=...)")
        return 0
    all_equal = True
    for name, equal, extra, expected in scores(published):
        more = f", {extra} facts that the key does not have" if extra else ""
        print(f"  {name:<34} {equal} of {expected} facts equal the key{more}")
        all_equal = all_equal and equal == expected and not extra
    return 0 if all_equal else 1


if __name__ == "__main__":
    sys.exit(main())
