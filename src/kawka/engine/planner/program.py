"""A linear or integer program that grows by columns and rows; solved by HiGHS, always the same way."""

import time
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]
SLOW = 10.0
"""HiGHS knows no other clock than the one on the wall, which runs on while others compute."""
Entries = list[tuple[Places, Places, Numbers]]
"""Which of the new columns, which row, which value."""


class Infeasible(Exception):
    """No values keep all rows."""


class OutOfTime(Exception):
    """The deadline came before any values were found."""


@dataclass(frozen=True, slots=True)
class Values:
    """What was found: the value of every column, the price of every row, the best and what bounds it."""

    columns: Numbers
    prices: Numbers
    objective: float
    bound: float


class _Quiet(highspy.Highs):
    """HiGHS without its callbacks, which would print a banner."""

    def enableCallbacks(self) -> None:
        """None are used."""


class Program:
    """Maximise a sum over columns between bounds, subject to rows between bounds."""

    def __init__(self, deadline: float) -> None:
        self.highs = _Quiet()
        self.deadline = deadline
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("random_seed", 1)):
            self.highs.setOptionValue(name, value)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.columns = 0
        self.rows = 0

    def add_rows(self, lower: Numbers, upper: Numbers) -> int:
        """Rows without entries yet; the place of the first."""
        count, first = len(lower), self.rows
        none = np.zeros(0)
        self.highs.addRows(count, lower, upper, 0, np.zeros(count, np.int32), none.astype(np.int32), none)
        self.rows += count
        return first

    def add_row(self, lower: float, upper: float, columns: Places, entries: Numbers) -> int:
        """One row over columns that are there; its place."""
        self.highs.addRow(lower, upper, len(columns), columns.astype(np.int32), entries.astype(float))
        self.rows += 1
        return self.rows - 1

    def add_columns(self, gain: Numbers, lower: Numbers, upper: Numbers, entries: Entries) -> int:
        """Columns with their entries (which of the new columns, row, value); the place of the first."""
        count, first = len(gain), self.columns
        which = np.concatenate([one[0] for one in entries]) if entries else np.zeros(0, int)
        rows = np.concatenate([one[1] for one in entries]) if entries else np.zeros(0, int)
        values = np.concatenate([one[2] for one in entries]) if entries else np.zeros(0)
        order = np.argsort(which, kind="stable")
        starts = np.searchsorted(which[order], np.arange(count)).astype(np.int32)
        self.highs.addCols(
            count, gain, lower, upper, len(order), starts, rows[order].astype(np.int32), values[order]
        )
        self.columns += count
        return first

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Set what a column lies between."""
        self.highs.changeColBounds(column, lower, upper)

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        """Set what a row lies between."""
        self.highs.changeRowBounds(row, lower, upper)

    def price(self, column: int, gain: float) -> None:
        """Set what a column is worth."""
        self.highs.changeColCost(column, gain)

    def solve(self) -> Values:
        """The best values, whole or not. Raises Infeasible or OutOfTime."""
        self._run()
        info, found = self.highs.getInfo(), self.highs.getSolution()
        best = float(info.objective_function_value)
        return Values(np.array(found.col_value), np.array(found.row_dual), best, best)

    def solve_whole(self, whole: Places, lower: Numbers, upper: Numbers, *, nodes: int, gap: float) -> Values:
        """The best values found with these columns whole and between these bounds, which hold only now."""
        highs, places = self.highs, whole.astype(np.int32)
        model = highs.getLp()
        before = (np.array(model.col_lower_)[places], np.array(model.col_upper_)[places])
        kinds = np.full(len(places), int(highspy.HighsVarType.kInteger), np.uint8)
        highs.changeColsBounds(len(places), places, lower, upper)
        highs.changeColsIntegrality(len(places), places, kinds)
        for name, value in (
            ("presolve", "on"),
            ("mip_max_nodes", nodes),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", gap),
        ):
            highs.setOptionValue(name, value)
        try:
            self._run()
            info = highs.getInfo()
            if info.primal_solution_status != 2:
                raise OutOfTime
            values = np.array(highs.getSolution().col_value)
            return Values(
                values, np.zeros(0), float(info.objective_function_value), float(info.mip_dual_bound)
            )
        finally:
            highs.setOptionValue("presolve", "off")
            kinds[:] = int(highspy.HighsVarType.kContinuous)
            highs.changeColsIntegrality(len(places), places, kinds)
            highs.changeColsBounds(len(places), places, *before)

    def _run(self) -> None:
        left = self.deadline - time.thread_time()
        if left <= 0:
            raise OutOfTime
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + SLOW * left)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            raise Infeasible
        limits = (highspy.HighsModelStatus.kSolutionLimit, highspy.HighsModelStatus.kTimeLimit)
        fine = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        if status not in fine and not (
            status in limits and self.highs.getInfo().primal_solution_status == 2 and self._is_whole()
        ):
            raise OutOfTime

    def _is_whole(self) -> bool:
        return self.highs.getInfo().mip_node_count >= 0
