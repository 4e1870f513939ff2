"""Compares the cells that explain wrong sums with an independent solver.

    make oracle CASES=3000

Each case is a requests table that a slip spoiled, with the smallest sets of cells that
the library found. Here the same question is put to scipy's `milp` (HiGHS): one binary
per cell, least weight of changed cells, all sums hold, nothing is negative. Its answers
rest on floats and are checked in integers. For the first N cases all smallest sets are
listed as well, each forbidden in turn, and must be the same.
"""

import argparse
import collections
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack, identity, vstack

CERTAIN, UNCERTAIN = 10, 5


class Form:
    """The sums of an edition as a matrix over its cells."""

    def __init__(self, line):
        at = {cell: index for index, cell in enumerate(line["cells"])}
        self.sums = np.zeros((len(line["sums"]), len(at)), dtype=np.int64)
        for row, (left, right) in zip(self.sums, line["sums"], strict=True):
            for side, sign in ((left, 1), (right, -1)):
                for cell in side:
                    row[at[cell]] += sign


class Question:
    """The problem of one case: numbers of all cells, then one binary each."""

    def __init__(self, form, case):
        self.sums = form.sums
        self.values = np.array(case["values"], dtype=np.int64)
        count = len(self.values)
        self.weights = np.full(count, CERTAIN)
        self.weights[case["uncertain"]] = UNCERTAIN
        most = float(2 * self.values.sum() + 10)
        one, none = identity(count, format="csr"), csr_array((len(self.sums), count))
        holds = hstack([csr_array(self.sums), none])
        # A number may differ only where its binary is set.
        differs = vstack([hstack([one, -most * one]), hstack([-one, -most * one])])
        limits = np.concatenate([self.values, -self.values]).astype(float)
        self.constraints = [
            LinearConstraint(holds, 0, 0),
            LinearConstraint(differs, -np.inf, limits),
        ]
        free = np.ones(count)
        free[case["trusted"]] = 0
        self.bounds = Bounds(np.zeros(2 * count), np.concatenate([np.full(count, most), free]))
        self.whole = np.concatenate([np.zeros(count), np.ones(count)])

    def solve(self, forbidden=()):
        """A set of least weight that is none of those forbidden; none if there is none."""
        count = len(self.values)
        constraints = list(self.constraints)
        for cells in forbidden:
            row = np.zeros((1, 2 * count))
            row[0, [count + cell for cell in cells]] = 1
            constraints.append(LinearConstraint(csr_array(row), -np.inf, len(cells) - 1))
        objective = np.concatenate([np.zeros(count), self.weights])
        options = {"mip_rel_gap": 0, "time_limit": 5}
        found = milp(
            objective,
            constraints=constraints,
            bounds=self.bounds,
            integrality=self.whole,
            options=options,
        )
        if found.x is None:
            return None if found.status == 2 else "unsolved"
        numbers = np.rint(found.x[:count]).astype(np.int64)
        if (self.sums @ numbers).any() or (numbers < 0).any():
            return "unsolved"
        return frozenset(np.flatnonzero(numbers != self.values).tolist())

    def weight(self, cells):
        return int(sum(self.weights[cell] for cell in cells))

    def holds(self, cells):
        """Whether the sums can hold when those cells alone change."""
        low, high = self.values.astype(float), self.values.astype(float)
        low[list(cells)], high[list(cells)] = 0, np.inf
        found = milp(
            np.ones(len(self.values)),
            constraints=[LinearConstraint(csr_array(self.sums), 0, 0)],
            bounds=Bounds(low, high),
        )
        if found.x is None:
            return False
        numbers = np.rint(found.x).astype(np.int64)
        same = all(numbers[c] == v for c, v in enumerate(self.values) if c not in cells)
        return same and not (self.sums @ numbers).any() and bool((numbers >= 0).all())


def compare(question, ours, complete, list_all):
    """What came of one case, in a word."""
    if not ours:
        return "not localised" if not complete else check_none(question)
    weights = {question.weight(cells) for cells in ours}
    if len(weights) != 1:
        return "WRONG: sets of unlike weight"
    if not all(question.holds(cells) for cells in ours[:3]):
        return "WRONG: a set that explains nothing"
    theirs = question.solve()
    if theirs in (None, "unsolved"):
        return "theirs unsolved"
    least = weights.pop()
    if question.weight(theirs) < least:
        return "WRONG: ours is larger"
    if question.weight(theirs) > least:
        return "theirs is larger"
    if list_all and complete and len(ours) <= 40:
        listed = set()
        while theirs not in (None, "unsolved") and question.weight(theirs) == least:
            if theirs in listed:
                return "theirs unsolved"
            listed.add(theirs)
            theirs = question.solve(listed)
        if listed - set(ours):
            return "WRONG: a set is missing"
        # Its floats now and then miss one; ours are proved above.
        return "same sets" if len(listed) == len(ours) else "theirs lacks sets"
    return "same weight"


def check_none(question):
    return "same: no set" if question.solve() is None else "WRONG: a set exists"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("cases", type=Path)
    arguments.add_argument("--all", type=int, default=0, help="cases whose sets are all listed")
    chosen = arguments.parse_args()
    # HiGHS now and then prints remarks of its own.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    forms, outcomes, done = {}, collections.Counter(), 0
    start = time.monotonic()
    with chosen.cases.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if "sums" in line:
                forms[line["edition"]] = Form(line)
                continue
            question = Question(forms[line["edition"]], line)
            if not (question.sums @ question.values).any():
                outcomes["unseen: all sums hold"] += 1
                continue
            ours = [frozenset(cells) for cells in line["sets"]]
            outcome = compare(question, ours, line["complete"], done < chosen.all)
            done += 1
            outcomes[outcome] += 1
            if outcome.startswith("WRONG"):
                print(f"{outcome}: seed {line['seed']}, {line['slip']}", file=sys.stderr)
    print(f"{sum(outcomes.values())} cases in {time.monotonic() - start:.0f} s", file=out)
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:7} {outcome}", file=out)
    wrong = any(outcome.startswith("WRONG") for outcome in outcomes)
    sys.exit(1 if wrong or not outcomes else 0)


if __name__ == "__main__":
    main()
