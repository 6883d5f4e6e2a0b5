"""A run sheet says when each part begins, whether it fits and what would make it fit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.runsheet import fair_pitch, lay_out, remaining
from kawka.engine.types import RunSheet, SegmentPlan, ShorterPitch, StartEarlier

START = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
BREAKFAST = [
    SegmentPlan("coffee", "", 20),
    SegmentPlan("round", "", 20),
    SegmentPlan("talks", "", 27),
    SegmentPlan("spotlight", "", 10),
    SegmentPlan("notices", "", 5),
]


def breakfast(people: int, pitch_seconds: int = 60, minutes_planned: int = 90) -> RunSheet:
    return lay_out(
        BREAKFAST,
        starts_at=START,
        people=people,
        pitch_seconds=pitch_seconds,
        talk_rounds=3,
        talk_minutes=8,
        minutes_planned=minutes_planned,
    )


def a_round(people: int, pitch_seconds: int, minutes: int) -> RunSheet:
    return lay_out(
        [SegmentPlan("round", "", minutes)],
        starts_at=START,
        people=people,
        pitch_seconds=pitch_seconds,
        talk_rounds=0,
        talk_minutes=0,
        minutes_planned=minutes,
    )


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_breakfast_of_fifteen() -> None:
    sheet = breakfast(15)

    assert [one.kind for one in sheet.segments] == ["coffee", "round", "talks", "spotlight", "notices"]
    assert [one.starts_at - START for one in sheet.segments] == [*map(minutes, [0, 20, 37, 64, 74])]
    assert [one.lasts for one in sheet.segments] == [*map(minutes, [20, 17, 27, 10, 5])]
    assert (sheet.ends_at, sheet.planned_end) == (START + minutes(79), START + minutes(90))
    assert (sheet.over_by, sheet.proposals, sheet.fits) == (timedelta(0), (), True)


def test_twenty_five_minutes_of_pitches_do_not_fit_twenty() -> None:
    sheet = a_round(25, pitch_seconds=60, minutes=20)

    assert sheet.over_by == timedelta(minutes=8, seconds=20)
    assert sheet.segments[0].over_by == sheet.over_by
    assert sheet.proposals == (ShorterPitch(40), StartEarlier(10))
    assert not sheet.fits


def test_a_breakfast_of_twenty_five_runs_over_a_little() -> None:
    sheet = breakfast(25)

    assert sheet.over_by == timedelta(seconds=20)
    assert sheet.proposals == (ShorterPitch(45), StartEarlier(5))


def test_a_long_round_is_told_even_if_the_meeting_ends_on_time() -> None:
    sheet = breakfast(20)

    assert sheet.fits
    assert sheet.segments[1].over_by == timedelta(minutes=2, seconds=40)


def test_nothing_is_proposed_that_does_not_help() -> None:
    assert a_round(60, pitch_seconds=60, minutes=20).proposals == (StartEarlier(50),)
    assert a_round(30, pitch_seconds=30, minutes=15).proposals == (StartEarlier(5),)


def test_without_a_round_shorter_pitches_are_no_help() -> None:
    sheet = lay_out(
        [SegmentPlan("talks", "", 20)],
        starts_at=START,
        people=25,
        pitch_seconds=60,
        talk_rounds=3,
        talk_minutes=8,
        minutes_planned=20,
    )

    assert sheet.over_by == minutes(7)
    assert sheet.proposals == (StartEarlier(10),)


def test_an_empty_run_sheet_ends_as_it_starts() -> None:
    sheet = lay_out(
        [],
        starts_at=START,
        people=0,
        pitch_seconds=60,
        talk_rounds=3,
        talk_minutes=8,
        minutes_planned=0,
    )

    assert (sheet.segments, sheet.ends_at, sheet.fits) == ((), START, True)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.integers(0, 60), st.sampled_from([30, 45, 60, 90]), st.integers(60, 180))
def test_every_proposal_makes_it_fit(people: int, pitch_seconds: int, planned: int) -> None:
    sheet = breakfast(people, pitch_seconds, planned)

    assert bool(sheet.proposals) is not sheet.fits
    for proposal in sheet.proposals:
        if isinstance(proposal, ShorterPitch):
            assert proposal.seconds < pitch_seconds
            assert breakfast(people, proposal.seconds, planned).fits
        else:
            assert proposal.minutes % 5 == 0
            assert minutes(proposal.minutes - 5) < sheet.over_by <= minutes(proposal.minutes)


def test_a_meeting_on_time_ends_as_laid_out() -> None:
    sheet = breakfast(15)

    outlook = remaining(
        sheet,
        now=START + minutes(30),
        current=2,
        elapsed=minutes(3),
        speakers_left=0,
        pitch_seconds=60,
    )

    assert outlook.segment_ends_at == START + minutes(30 + 24)
    assert outlook.ends_at == START + minutes(30 + 24 + 15)
    assert outlook.over_by == timedelta(0)


def test_the_round_ends_when_everybody_left_has_spoken() -> None:
    sheet = breakfast(15)

    outlook = remaining(
        sheet,
        now=START + minutes(50),
        current=1,
        elapsed=timedelta(seconds=28),
        speakers_left=10,
        pitch_seconds=60,
    )

    assert outlook.segment_ends_at == START + minutes(50) + timedelta(seconds=10 * 68 - 28)
    assert outlook.ends_at == outlook.segment_ends_at + minutes(42)
    assert outlook.over_by == timedelta(minutes=12, seconds=52)


@pytest.mark.parametrize(("current", "speakers_left"), [(0, 0), (1, 0), (1, 1), (4, 0)])
def test_what_is_overdrawn_ends_now(current: int, speakers_left: int) -> None:
    now = START + minutes(200)

    outlook = remaining(
        breakfast(15),
        now=now,
        current=current,
        elapsed=minutes(100),
        speakers_left=speakers_left,
        pitch_seconds=60,
    )

    assert outlook.segment_ends_at == now


@pytest.mark.parametrize(
    ("seconds_left", "speakers_left", "fair"),
    [(680, 10, 60), (679.9, 10, 59), (600, 10, 52), (100, 10, 15), (-50, 3, 15), (68, 0, 60)],
)
def test_what_is_left_is_shared_fairly(seconds_left: float, speakers_left: int, fair: int) -> None:
    assert fair_pitch(seconds_left, speakers_left) == fair
