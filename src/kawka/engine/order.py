"""The order of the round, gentle: somebody at home opens it, whoever is new speaks in the middle."""

from collections.abc import Collection, Iterable, Sequence
from random import Random

from kawka.engine.types import Speaker

ABOUT_TO_SPEAK = 2


def propose_order(speakers: Iterable[Speaker], *, seed: int) -> list[str]:
    """The codes of all who speak, in order; those who pass are left out (see `passing`).

    The opener is who opened least recently among those who may be asked to: nobody who is here for the first
    time as long as somebody else speaks, and nobody who wishes to speak later if others do not mind; hosts
    step in where it is equal. Early and late wishes are kept at their ends, in the order of arrival. Whoever
    is new, or wishes the middle, speaks around the middle. The same speakers and seed give the same order.
    """
    chance = Random(seed)
    ready = sorted((one for one in speakers if one.wish != "pass"), key=lambda one: one.code)
    chance.shuffle(ready)
    if not ready:
        return []
    opener = min(ready, key=_opening_rank)
    others = [one for one in ready if one is not opener]
    early = _by_arrival(one for one in others if one.wish == "early")
    late = _by_arrival(one for one in others if one.wish == "late")
    between = [one for one in others if one.wish not in ("early", "late")]
    first = 1 + len(early)
    return [one.code for one in [opener, *early, *_around_middle(between, first, len(ready)), *late]]


def passing(speakers: Iterable[Speaker]) -> list[str]:
    """The codes of those who let the round pass this time, in the order of arrival."""
    return [one.code for one in _by_arrival(one for one in speakers if one.wish == "pass")]


def slot_in(
    order: Sequence[str], spoken: Collection[str], person: str, speakers: Iterable[Speaker]
) -> list[str]:
    """The order with a late-comer in it; nobody else changes places with anybody.

    `spoken` are those who spoke, are speaking or were skipped. They and the next two, who are about to
    speak, stay ahead; then an early wish comes at once, whoever is new or wishes the middle halfway through
    the rest, and everybody else at the end, before those who wish to be late. Whoever passes, or is in the
    order already, changes nothing.
    """
    known = {one.code: one for one in speakers}
    late_comer = known[person]
    if person in order or late_comer.wish == "pass":
        return list(order)
    waiting = [place for place, code in enumerate(order) if code not in spoken]
    free = [*waiting[ABOUT_TO_SPEAK:], len(order)]
    if late_comer.wish == "early":
        place = free[0]
    elif late_comer.wish == "late":
        place = free[-1]
    elif late_comer.first_time or late_comer.wish == "middle":
        place = free[len(free) // 2]
    else:
        wishes = {code: known[code].wish for code in order if code in known}
        place = next((spot for spot in free if _only_late_from(order[spot:], wishes)), len(order))
    return [*order[:place], person, *order[place:]]


def _opening_rank(speaker: Speaker) -> tuple[bool, int, int, bool]:
    reluctance = {"middle": 1, "late": 2}.get(speaker.wish, 0)
    opened = -1 if speaker.opened_last is None else speaker.opened_last
    return speaker.first_time, reluctance, opened, not speaker.is_host


def _by_arrival(speakers: Iterable[Speaker]) -> list[Speaker]:
    return sorted(speakers, key=lambda one: (one.arrived_at_order, one.code))


def _around_middle(speakers: list[Speaker], first: int, total: int) -> list[Speaker]:
    """These speakers for the places from `first` on, the new ones nearest to the middle of all `total`."""
    gentle = sorted(speakers, key=lambda one: (not one.first_time, one.wish != "middle"))
    places = sorted(
        range(first, first + len(speakers)), key=lambda place: (abs(2 * place - (total - 1)), -place)
    )
    return [one for _, one in sorted(zip(places, gentle, strict=True), key=lambda seat: seat[0])]


def _only_late_from(rest: Sequence[str], wishes: dict[str, str]) -> bool:
    return all(wishes.get(code) == "late" for code in rest)
