"""What talks are worth over a season: who was not helped yet, guests and who comes rarely come first."""

import math
from collections.abc import Collection, Mapping

from kawka.engine.talk_worth import Past, worth_now

Ordered = tuple[str, str]
FIRST_HELP = 1.0
"""How much more a talk is worth to somebody whom nobody has helped yet."""
GUEST = 1.2
"""How much more a talk with a guest is worth to either."""
RARE = 1.5
"""How strongly a talk counts more the less often the two are there together."""
FRESH, FRESH_AFTER = 2.0, 12
"""What a talk is worth for its own sake after so many weeks, out of 100."""


def season_worth(
    promised: Mapping[Ordered, float],
    past: Mapping[Ordered, Past],
    *,
    helped: Mapping[str, float] | None = None,
    guests: Collection[str] = (),
    comes: Mapping[str, float] | None = None,
    company: bool = False,
) -> dict[Ordered, float]:
    """What the first of each pair gains by a talk with the second now, from what cards promise (0 to 100).

    What has been talked about is worth less (see `worth_now`); who has met few who can help gains most:
    `helped` says how many that were, by what they promised; if not given it is taken from these talks. A talk
    with somebody who `comes` to a small share of meetings counts more, as it cannot wait; guests count more
    anyway. With `company` every talk is worth a little, the more the longer ago the last one was.
    """
    helped = helped_by(promised, past) if helped is None else helped
    worth: dict[Ordered, float] = {}
    for pair in {**promised, **past}:
        one, other = pair
        value = 1.0 * worth_now(promised.get(pair, 0.0), past.get(pair))
        value *= 1 + FIRST_HELP * math.exp(-helped.get(one, 0.0))
        if one in guests or other in guests:
            value *= GUEST ** (1 + (one in guests))
        elif comes is not None:
            value /= (comes.get(one, 1.0) * comes.get(other, 1.0)) ** RARE
        if company:
            weeks = past[pair].weeks if pair in past else FRESH_AFTER
            value += FRESH / 2 * min(1.0, weeks / FRESH_AFTER)
        worth[pair] = value
    return worth


def helped_by(promised: Mapping[Ordered, float], past: Mapping[Ordered, Past]) -> dict[str, float]:
    """How many who can help each has talked with, by what their cards promise."""
    helped: dict[str, float] = {}
    for pair in promised.keys() & past.keys():
        helped[pair[0]] = helped.get(pair[0], 0.0) + promised[pair] / 100
    return helped
