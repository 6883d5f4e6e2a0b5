"""What a talk is worth now: what the cards promise, weighed by what there has been between the two."""

from dataclasses import dataclass
from typing import Literal

Again = Literal["", "glad", "enough"]
GLAD = 20
RIPE_AFTER = 26
GLAD_RIPE_AFTER = 8
ENOUGH_FOR = 26
LATER = 0.15


@dataclass(frozen=True, slots=True)
class Past:
    """The talks two people had: how many, how many weeks ago the last, and what each has said of them."""

    talks: int
    weeks: float
    mine: Again = ""
    theirs: Again = ""


def worth_now(promised: float, past: Past | None) -> int:
    """What one of the two gains by a talk now, from what their cards promise (0 to 100).

    The first talk counts in full. Later ones ripen over half a year, over two months for who was glad; once
    one of the two has said "enough for now" there is nothing in it until half a year is over.
    """
    if past is None:
        return round(promised)
    if "enough" in (past.mine, past.theirs) and past.weeks < ENOUGH_FOR:
        return 0
    if past.mine == "glad":
        return round((promised + GLAD) * min(1.0, past.weeks / GLAD_RIPE_AFTER))
    return round(promised * LATER * min(1.0, past.weeks / RIPE_AFTER))
