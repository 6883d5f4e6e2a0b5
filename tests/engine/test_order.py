"""The order of the round is gentle to whoever is new, and fair over time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.order import passing, propose_order, slot_in
from kawka.engine.types import Speaker

quietly = settings(derandomize=True, deadline=None, max_examples=50)


def speaker(
    code: str, wish: str = "any", *, new: bool = False, arrived: int = 0, opened: int | None = None
) -> Speaker:
    return Speaker(code, new, wish, arrived, opened)


@st.composite
def rooms(draw: st.DrawFn) -> list[Speaker]:
    count = draw(st.integers(0, 30))
    return [
        Speaker(
            f"p{number:02}",
            draw(st.booleans()),
            draw(st.sampled_from(["early", "middle", "late", "any", "any", "pass"])),
            number,
            draw(st.none() | st.integers(1, 9)),
            draw(st.booleans()),
        )
        for number in range(count)
    ]


@quietly
@given(rooms(), st.integers(0, 5))
def test_everybody_who_does_not_pass_speaks_once(room: list[Speaker], seed: int) -> None:
    order = propose_order(room, seed=seed)

    assert sorted([*order, *passing(room)]) == [one.code for one in room]
    assert order == propose_order(list(reversed(room)), seed=seed)


@quietly
@given(rooms())
def test_nobody_new_opens_if_somebody_else_can(room: list[Speaker]) -> None:
    order = propose_order(room, seed=1)

    new = {one.code for one in room if one.first_time}
    assert not order or order[0] not in new or set(order) <= new


@quietly
@given(rooms())
def test_wishes_are_kept(room: list[Speaker]) -> None:
    order = propose_order(room, seed=1)

    wishes = {one.code: one.wish for one in room}
    after_opener = [wishes[code] for code in order[1:]]
    early, late = after_opener.count("early"), after_opener.count("late")
    assert after_opener[:early] == ["early"] * early
    assert after_opener[len(after_opener) - late :] == ["late"] * late


def test_people_who_are_new_speak_in_the_middle_third() -> None:
    room = [speaker(f"old{number}") for number in range(9)]
    room += [speaker(f"new{number}", new=True) for number in range(5)]

    order = propose_order(room, seed=1)

    assert sorted(order[5:10]) == ["new0", "new1", "new2", "new3", "new4"]


def test_the_opener_goes_around() -> None:
    opened: dict[str, int | None] = {"ada": None, "ben": None, "cleo": None}
    openers = []

    for meeting in range(6):
        order = propose_order([speaker(code, opened=last) for code, last in opened.items()], seed=meeting)
        opened[order[0]] = meeting
        openers.append(order[0])

    assert sorted(openers[:3]) == ["ada", "ben", "cleo"]
    assert openers[3:] == openers[:3]


def test_a_host_opens_where_it_is_equal() -> None:
    room = [speaker("ada"), speaker("ben"), Speaker("host", False, "any", 0, None, is_host=True)]

    assert {propose_order(room, seed=seed)[0] for seed in range(20)} == {"host"}


def test_nobody_opens_who_would_rather_speak_late() -> None:
    room = [speaker("ada", "late"), speaker("ben", "middle"), speaker("cleo", opened=9)]

    assert propose_order(room, seed=1) == ["cleo", "ben", "ada"]


def test_the_seed_varies_the_order() -> None:
    room = [speaker(f"p{number}", arrived=number) for number in range(10)]

    assert propose_order(room, seed=1) != propose_order(room, seed=2)


@pytest.mark.parametrize("wish", ["early", "middle", "late", "any"])
def test_one_person_alone_opens(wish: str) -> None:
    assert propose_order([speaker("ada", wish, new=True)], seed=1) == ["ada"]


def test_nobody_speaks_where_everybody_passes() -> None:
    room = [speaker("ben", "pass", arrived=2), speaker("ada", "pass", arrived=1)]

    assert propose_order(room, seed=1) == []
    assert passing(room) == ["ada", "ben"]


@pytest.mark.parametrize(
    ("wish", "new", "expected"),
    [
        ("early", False, "abcdzefgh"),
        ("early", True, "abcdzefgh"),
        ("middle", False, "abcdefzgh"),
        ("any", True, "abcdefzgh"),
        ("any", False, "abcdefgzh"),
        ("late", False, "abcdefghz"),
        ("late", True, "abcdefghz"),
        ("pass", False, "abcdefgh"),
    ],
)
def test_a_latecomer_slots_in_after_those_about_to_speak(wish: str, new: bool, expected: str) -> None:
    room = [*(speaker(code) for code in "abcdefg"), speaker("h", "late"), speaker("z", wish, new=new)]

    order = slot_in("abcdefgh", {"a", "b"}, "z", room)

    assert "".join(order) == expected


@quietly
@given(rooms(), st.integers(0, 30), st.sampled_from(["early", "middle", "late", "any"]), st.booleans())
def test_nobody_else_changes_places(room: list[Speaker], spoken: int, wish: str, new: bool) -> None:
    order = propose_order(room, seed=1)
    done = set(order[:spoken])

    later = slot_in(order, done, "zoe", [*room, speaker("zoe", wish, new=new)])

    assert [code for code in later if code != "zoe"] == order
    assert later.index("zoe") >= min(len(done) + 2, len(order))


def test_whoever_is_in_the_order_already_stays_there() -> None:
    assert slot_in(["a", "z", "b"], {"a"}, "z", [speaker(code) for code in "abz"]) == ["a", "z", "b"]


def test_a_latecomer_opens_an_empty_round() -> None:
    assert slot_in([], set(), "z", [speaker("z", new=True)]) == ["z"]
