"""What every rota keeps to, over many groups made up by chance, and a few told by hand."""

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.rota import Duty, DutyDate, HeldTurn, Member, RotaProblem, TurnReason, propose

START = date(2026, 10, 14)
WEEK = timedelta(weeks=1)
CODES = [f"p{number:02}" for number in range(14)]
DUTIES = ("host", "greeter", "timekeeper", "scribe")


@st.composite
def problems(draw) -> RotaProblem:
    people = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=12))
    duties = draw(st.lists(st.sampled_from(DUTIES), unique=True, min_size=1))
    some = st.frozensets(st.sampled_from(people), max_size=3) if people else st.just(frozenset())
    wishes = st.frozensets(st.sampled_from(duties), max_size=2)
    members = tuple(Member(code, learns=draw(wishes), avoids=draw(wishes)) for code in people)
    dates = tuple(
        DutyDate(f"m{number}", START + number * WEEK, tuple(duties), unavailable=draw(some))
        for number in range(3)
    )
    held = [
        HeldTurn(draw(st.sampled_from(duties)), draw(st.sampled_from(CODES)), START - weeks * WEEK)
        for weeks in draw(st.lists(st.integers(1, 30), max_size=25))
    ]
    rows = tuple(Duty(code, capped=draw(st.booleans())) for code in duties)
    return RotaProblem(dates, rows, members, tuple(held), cap=draw(st.integers(1, 4)))


def load(problem: RotaProblem, turns: list[HeldTurn], person: str, on: date) -> int:
    return sum(one.person == person and on - problem.window < one.on < on for one in turns)


@settings(max_examples=250, deadline=None)
@given(problems())
def test_every_rota_is_lawful(problem):
    proposed = propose(problem)

    dates = {at.code: at for at in problem.dates}
    members = {one.code: one for one in problem.people}
    capped = {duty.code for duty in problem.duties if duty.capped}
    assert len({(turn.date, turn.duty) for turn in proposed}) == len(proposed)
    taken = [HeldTurn(turn.duty, turn.person, dates[turn.date].on) for turn in proposed]
    for turn in proposed:
        at, one = dates[turn.date], members[turn.person]
        assert turn.duty in at.open
        assert turn.person not in at.unavailable
        assert turn.duty not in one.avoids
        if turn.shadow:
            assert turn.reason.kind == "learns"
            assert turn.shadow not in at.unavailable | {turn.person}
            assert any(
                held.person == turn.shadow and held.duty == turn.duty for held in problem.held + tuple(taken)
            )
        if turn.duty in capped:
            assert load(problem, [*problem.held, *taken], turn.person, at.on) < problem.cap
    for at in problem.dates:
        there = [code for code in members if code not in at.unavailable]
        mine = Counter(turn.person for turn in proposed if turn.date == at.code)
        assert len(there) < len(at.open) or max(mine.values(), default=1) == 1


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(0, 2**32))
def test_the_order_in_which_things_are_named_changes_nothing(problem, seed):
    chance = random.Random(seed)
    dates, people, held = ([*rows] for rows in (problem.dates, problem.people, problem.held))
    for rows in (dates, people, held):
        chance.shuffle(rows)

    mixed = RotaProblem(tuple(dates), problem.duties, tuple(people), tuple(held), problem.cap)

    assert propose(mixed) == propose(problem)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_an_open_duty_was_too_much_for_everybody(problem):
    proposed = propose(problem)

    turns = [*problem.held]
    dates = {at.code: at for at in problem.dates}
    turns += [HeldTurn(turn.duty, turn.person, dates[turn.date].on) for turn in proposed]
    filled = {(turn.date, turn.duty) for turn in proposed}
    busy = {at.code: {turn.person for turn in proposed if turn.date == at.code} for at in problem.dates}
    for at in problem.dates:
        for duty in problem.duties:
            if (at.code, duty.code) in filled:
                continue
            for one in problem.people:
                can = one.code not in at.unavailable and duty.code not in one.avoids
                full = (
                    duty.capped and load(problem, turns, one.code, at.on + timedelta(days=1)) >= problem.cap
                )
                assert not can or full or one.code in busy[at.code]


@settings(max_examples=60, deadline=None)
@given(st.integers(6, 12), st.integers(1, 4), st.integers(0, 10**6))
def test_over_half_a_year_everybody_carries_about_the_same(people, duties, seed):
    members = tuple(Member(f"{seed}-{number}") for number in range(people))
    rows = tuple(Duty(code) for code in DUTIES[:duties])
    held: list[HeldTurn] = []
    for week in range(26):
        at = DutyDate(f"{seed}-{week}", START + week * WEEK, DUTIES[:duties])
        proposed = propose(RotaProblem((at,), rows, members, tuple(held), cap=52))
        held += [HeldTurn(turn.duty, turn.person, at.on) for turn in proposed]

    counts = Counter(turn.person for turn in held)

    assert sum(counts.values()) == 26 * duties
    assert max(counts.values()) - min(counts.values()) <= 1


def one_duty(people: tuple[Member, ...], *held: HeldTurn, **fields) -> RotaProblem:
    return RotaProblem((DutyDate("m", START, ("scribe",)),), (Duty("scribe"),), people, held, **fields)


def test_whoever_had_no_turn_for_longest_is_next():
    held = HeldTurn("scribe", "ada", START - 5 * WEEK), HeldTurn("scribe", "ben", START - 3 * WEEK)

    (turn,) = propose(one_duty((Member("ben"), Member("ada")), *held))

    assert turn.person == "ada"
    assert turn.reason == TurnReason("rested", 1, START - 5 * WEEK)


def test_who_wants_to_learn_comes_first_with_somebody_beside_who_has_done_it():
    people = Member("ada"), Member("ben", learns=frozenset({"scribe"})), Member("cleo")

    (turn,) = propose(one_duty(people, HeldTurn("scribe", "ada", START - WEEK)))

    assert (turn.person, turn.shadow, turn.reason.kind) == ("ben", "ada", "learns")


def test_learning_waits_for_a_date_at_which_somebody_can_stand_beside():
    people = Member("ben", learns=frozenset({"scribe"})), Member("cleo")

    (turn,) = propose(one_duty(people, HeldTurn("scribe", "ben-s-teacher", START - WEEK)))

    assert turn.reason.kind == "first"
    assert turn.shadow == ""


def test_nobody_carries_more_than_the_cap():
    held = [HeldTurn("scribe", "ada", START - weeks * WEEK) for weeks in range(1, 5)]

    assert propose(one_duty((Member("ada"),), *held)) == ()


def test_two_people_share_three_duties():
    at = DutyDate("m", START, DUTIES[:3])

    proposed = propose(RotaProblem((at,), tuple(map(Duty, DUTIES[:3])), (Member("ada"), Member("ben"))))

    assert sorted(Counter(turn.person for turn in proposed).values()) == [1, 2]
    assert [turn.reason.kind for turn in proposed] == ["first", "first", "few"]


def test_leading_is_for_those_who_can_and_has_no_cap():
    duty = Duty("host", only=frozenset({"ada"}), capped=False)
    held = tuple(HeldTurn("host", "ada", START - weeks * WEEK) for weeks in range(1, 10))

    (turn,) = propose(
        RotaProblem((DutyDate("m", START, ("host",)),), (duty,), (Member("ada"), Member("ben")), held)
    )

    assert (turn.person, turn.reason.kind) == ("ada", "only")
