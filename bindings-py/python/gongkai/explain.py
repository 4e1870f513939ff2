"""All that is known of one cell, in one place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from gongkai import _gongkai
from gongkai.indicator import Indicator, indicators

if TYPE_CHECKING:
    from gongkai._gongkai import Fact, Finding, Report

__all__ = ["Explanation", "Sum", "Term"]


class Term(NamedTuple):
    """A cell in a sum."""

    id: str
    value: Decimal | None
    """The printed number; None where there is none."""
    status: str | None
    """The cell's status; None where the document does not print the cell."""

    def __str__(self) -> str:
        shown = self.value if self.value is not None else self.status or "not printed"
        return f"{self.id} {shown}"


class Sum(NamedTuple):
    """A relation of the form that the cell stands in: both sides are equal."""

    code: str
    """Code of the check that tests it."""
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    def __str__(self) -> str:
        def side(terms: tuple[Term, ...]) -> str:
            # Zeros add nothing, and there are twenty of them.
            told = [term for term in terms if term.value != 0] or list(terms[:1])
            return " + ".join(map(str, told))

        return f"{self.code}: {side(self.left)} = {side(self.right)}"


class Explanation(NamedTuple):
    """What is printed in a cell and where, what the form says of it, the findings that name
    it, and the sums it stands in."""

    id: str
    fact: Fact | None
    """The cell; None where the document does not print it."""
    edition: str | None
    """The edition of the form whose labels these are."""
    row_labels: tuple[str, ...]
    """Labels of the row, groups first; of a row that the report names itself, its own last."""
    column_labels: tuple[str, ...]
    """Labels of the column, groups first."""
    unit: str | None
    """The printed unit, else the one that the form means."""
    clause: str
    """Article of the Regulations the row rests on; empty where none does."""
    findings: tuple[Finding, ...]
    """The findings that name the cell, or propose a value for it."""
    sums: tuple[Sum, ...]

    def _lines(self) -> list[tuple[str, str]]:
        fact = self.fact
        lines = [("id", self.id)]
        if fact is None:
            lines.append(("原文 text", "未印此格 not printed"))
        else:
            lines.append(("原文 text", f"“{fact.text}”"))
            value = "—" if fact.value is None else str(fact.value)
            lines.append(("数值 value", f"{value} {self.unit or ''}".rstrip()))
            lines.append(("状态 status", fact.status))
            lines.append(("位置 place", str(fact.location)))
        lines.append(("行 row", " › ".join(self.row_labels)))
        lines.append(("列 column", " › ".join(self.column_labels)))
        lines.append(("版本 edition", self.edition or "—"))
        if self.clause:
            lines.append(("依据 clause", self.clause))
        lines += [("勾稽 sum", str(sum)) for sum in self.sums]
        for finding in self.findings:
            proposals = [
                f" → {s.value}? {s.reason.zh} {s.reason.en}"
                for s in finding.suggestions
                if s.fact == self.id
            ]
            words = f"{finding.severity} {finding.code}: {finding.message.zh} {finding.message.en}"
            lines.append(("核查 finding", words + "".join(proposals)))
        return lines

    def __repr__(self) -> str:
        return "\n".join(f"{name:<10} {text}" for name, text in self._lines())

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f'<tr><th style="text-align:left">{escape(name)}</th>'
            f'<td style="text-align:left">{escape(text)}</td></tr>'
            for name, text in self._lines()
        )
        return f"<table>{rows}</table>"


Explanation.__module__ = "gongkai"


def explain(report: Report, id: str) -> Explanation:
    """What `Report.explain` gives."""
    fact = report.get(id)
    edition = fact.edition if fact is not None else report.edition
    cell = _indicator(id, edition)
    if cell is None and fact is None:
        raise KeyError(id)
    _, _, own = id.partition("/")
    own, _, _ = own.rpartition(".")
    found = {f.fingerprint: f for f in (*report.findings, *report.check())}.values()
    unit = fact and (fact.unit or fact.form_unit)
    return Explanation(
        id=id,
        fact=fact,
        edition=edition or (cell.edition if cell else None),
        row_labels=(*(cell.row_labels if cell else ()), *([own] if own else ())),
        column_labels=cell.column_labels if cell else (),
        unit=unit or (cell.unit if cell else None),
        clause=cell.clause if cell else "",
        findings=tuple(f for f in found if id in f.facts or id in [s.fact for s in f.suggestions]),
        sums=_sums(report, id, edition),
    )


def _indicator(id: str, edition: str | None) -> Indicator | None:
    """The cell of the form; of a row that the report names itself, that of the row above."""
    row, _, column = id.rpartition(".")
    form_id = f"{row.partition('/')[0]}.{column}"
    known = [i for i in indicators() if i.id == form_id]
    # Cells that the editions share: the later one's words, unless the edition is known.
    return next((i for i in known if i.edition == edition), known[-1] if known else None)


def _sums(report: Report, id: str, edition: str | None) -> tuple[Sum, ...]:
    def term(id: str) -> Term:
        fact = report.get(id)
        return Term(id, fact.value, fact.status) if fact else Term(id, None, None)

    return tuple(
        Sum(code, tuple(map(term, left)), tuple(map(term, right)))
        for of, code, left, right in _gongkai.balances()
        if of == edition and id in (*left, *right)
    )
