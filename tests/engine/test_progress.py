"""Laws of a running meeting, over many lists of steps."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kawka.engine.progress import EXTENSION, Change, Phase, State, reduce, step

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
T0 = 1_790_000_000_000
PEOPLE = ["ada", "ben", "cleo", "dan", "ewa"]
SEGMENTS = [
    {"kind": "coffee", "title": "", "seconds": 1200},
    {"kind": "round", "title": "", "seconds": 1500},
    {"kind": "talks", "title": "", "seconds": 1440, "rounds": 3},
    {"kind": "notices", "title": "Co dalej", "seconds": 300},
]
BEGIN = {
    "segments": SEGMENTS,
    "people": PEOPLE,
    "pitch_seconds": 60,
    "change_seconds": 10,
    "talk_seconds": 480,
    "swap_seconds": 60,
}


def steps(*kinds: str | tuple[str, dict], start: State | None = None, at: int = T0, gap: int = 1000) -> State:
    """The state after these steps, one each `gap` milliseconds."""
    version = start.version if start else 0
    changes = []
    for number, kind in enumerate(kinds, 1):
        name, detail = kind if isinstance(kind, tuple) else (kind, {})
        changes.append(Change(version + number, name, at + (number - 1) * gap, detail))
    return reduce(changes, start)


RUNNING = steps(("begin", BEGIN))
IN_ROUND = steps("next", start=RUNNING, at=T0 + 1000)
IN_TALKS = steps(("jump", {"segment": 2}), start=IN_ROUND, at=T0 + 2000)

one_of_them = st.sampled_from([*PEOPLE, "fay", "gus"])
any_step = st.one_of(
    st.sampled_from(
        [(kind, {}) for kind in ("next", "back", "pause", "resume", "extend", "skip", "pass", "roster")]
    ),
    st.tuples(
        st.sampled_from(["move_up", "join", "leave", "pass"]), one_of_them.map(lambda c: {"person": c})
    ),
    st.tuples(st.just("jump"), st.integers(-1, 5).map(lambda n: {"segment": n})),
    st.tuples(st.just("order"), st.permutations(PEOPLE).map(lambda p: {"people": p})),
)
any_steps = st.lists(any_step, max_size=40)


def test_nothing_has_happened_before_the_first_step():
    assert reduce([]) == State()


def test_the_order_may_be_set_before_the_beginning():
    state = steps(("order", {"people": ["ben", "ada", "ben"]}))

    assert (state.order, state.phase, state.version) == (("ben", "ada"), Phase.BEFORE, 1)


def test_a_meeting_begins_with_its_first_segment():
    assert RUNNING.segment.kind == "coffee"
    assert (RUNNING.speaker, RUNNING.duration, RUNNING.started_at) == (None, 1_200_000, T0)


def test_next_gives_the_floor_to_everybody_once_and_goes_on():
    state, spoke = IN_ROUND, []
    while state.segment.kind == "round":
        spoke.append(state.speaker)
        state = steps("next", start=state)

    assert spoke == PEOPLE
    assert (state.segment.kind, state.talk) == ("talks", 1)


def test_next_goes_through_the_talk_rounds():
    rounds = [IN_TALKS.talk]
    state = IN_TALKS
    for _ in range(3):
        state = steps("next", start=state)
        rounds.append(state.talk)

    assert rounds == [1, 2, 3, 0]
    assert state.segment.title == "Co dalej"


def test_next_in_the_last_segment_changes_nothing_but_the_version():
    last = steps(("jump", {"segment": 3}), start=IN_ROUND)

    assert steps("next", start=last) == replace(last, version=last.version + 1)


def test_two_talk_segments_share_the_rounds():
    segments = [{"kind": "talks", "title": "", "seconds": 960, "rounds": 2, "first": 1}]
    segments.append({"kind": "talks", "title": "", "seconds": 480, "rounds": 1, "first": 3})

    state = steps(("begin", {**BEGIN, "segments": segments}), "next", "next")

    assert (state.index, state.talk, state.rest) == (1, 3, 0)


def test_back_returns_the_floor_with_the_full_time():
    state = steps("next", "next", "back", start=IN_ROUND, at=T0 + 5000)

    assert (state.speaker, state.spoken, state.started_at, state.duration) == (
        "ben",
        ("ada",),
        T0 + 7000,
        60_000,
    )


def test_back_from_the_talks_returns_to_the_last_speaker():
    in_talks = steps(*["next"] * 5, start=IN_ROUND)

    state = steps("back", start=in_talks)

    assert (state.segment.kind, state.speaker, state.spoken) == (
        "round",
        "ewa",
        ("ada", "ben", "cleo", "dan"),
    )


def test_back_from_the_notices_returns_to_the_last_talk_round():
    state = steps(*["next"] * 3, "back", start=IN_TALKS)

    assert (state.segment.kind, state.talk) == ("talks", 3)


def test_extending_is_exact_also_after_the_time_is_over():
    early = steps("extend", start=IN_ROUND, at=IN_ROUND.started_at + 30_000)
    late = steps("extend", start=IN_ROUND, at=IN_ROUND.started_at + 75_000)

    assert early.remaining(IN_ROUND.started_at + 30_000) == 30_000 + EXTENSION
    assert late.remaining(IN_ROUND.started_at + 75_000) == EXTENSION


def test_who_skips_comes_last():
    state = steps("skip", start=IN_ROUND)

    assert (state.speaker, state.order) == ("ben", ("ben", "cleo", "dan", "ewa", "ada"))


def test_who_passes_is_not_asked_again_until_moved_up():
    passed = steps("pass", start=IN_ROUND)
    changed_mind = steps(("move_up", {"person": "ada"}), start=passed)

    assert (passed.speaker, passed.waiting) == ("ben", ("cleo", "dan", "ewa"))
    assert changed_mind.waiting == ("ada", "cleo", "dan", "ewa")


def test_who_is_moved_up_speaks_next():
    state = steps(("move_up", {"person": "ewa"}), "next", start=IN_ROUND)

    assert (state.speaker, state.waiting) == ("ewa", ("ben", "cleo", "dan"))


def test_a_late_comer_slots_in_without_moving_the_others():
    before_dan = steps(("join", {"person": "fay", "before": "dan"}), start=IN_ROUND)
    before_the_speaker = steps(("join", {"person": "fay", "before": "ada"}), start=IN_ROUND)

    assert before_dan.waiting == ("ben", "cleo", "fay", "dan", "ewa")
    assert before_the_speaker.waiting == ("ben", "cleo", "dan", "ewa", "fay")


def test_a_late_comer_speaks_although_everybody_else_has():
    only_round = {**BEGIN, "segments": [SEGMENTS[1]], "people": ["ada"]}

    state = steps(("begin", only_round), "next", ("join", {"person": "fay"}), "next")

    assert (state.speaker, state.spoken) == ("fay", ("ada",))


def test_when_the_speaker_leaves_the_next_one_has_the_floor():
    state = steps(("leave", {"person": "ada"}), start=IN_ROUND, at=T0 + 9000)

    assert (state.speaker, state.started_at, state.order) == ("ben", T0 + 9000, ("ben", "cleo", "dan", "ewa"))


def test_a_new_order_leaves_those_who_spoke_in_place():
    state = steps("next", ("order", {"people": ["ewa", "ada", "dan"]}), start=IN_ROUND)

    assert state.order == ("ada", "ben", "ewa", "dan", "cleo")


def test_the_expected_end_counts_the_people_and_the_changes():
    now = IN_ROUND.started_at + 20_000

    assert IN_ROUND.expected_end(now) == now + 40_000 + 4 * 70_000 + 3 * 540_000 + 300_000
    assert IN_TALKS.expected_end(IN_TALKS.started_at) == IN_TALKS.started_at + 480_000 + 2 * 540_000 + 300_000


def test_the_next_turn_is_known_ahead():
    talks_first = {**BEGIN, "segments": [SEGMENTS[0], SEGMENTS[2], SEGMENTS[1]]}

    assert steps(("begin", talks_first)).ahead == 3 * 540_000 + 10_000
    assert steps(("begin", talks_first), "next").ahead == 2 * 540_000 + 10_000
    assert (IN_ROUND.ahead, IN_TALKS.ahead, State().ahead) == (10_000, None, None)


def test_the_expected_end_waits_while_paused():
    paused = steps("pause", start=IN_ROUND, at=IN_ROUND.started_at + 10_000)

    later, much_later = paused.started_at + 60_000, paused.started_at + 90_000
    assert paused.expected_end(much_later) - paused.expected_end(later) == 30_000


def test_the_end_marks_the_last_speaker_and_is_final():
    over = steps("end", start=IN_ROUND, at=T0 + 60_000)

    assert (over.phase, over.done[1], over.ended_at, over.segment) == (
        Phase.OVER,
        ("ada",),
        T0 + 60_000,
        None,
    )
    assert steps("next", "back", "extend", "end", start=over) == replace(over, version=over.version + 4)


def test_only_what_people_see_happening_makes_a_press_stale():
    state = steps("roster", ("join", {"person": "fay"}), ("move_up", {"person": "ewa"}), start=IN_ROUND)

    assert (state.version, state.moved, state.roster) == (5, IN_ROUND.moved, 4)


@given(any_steps, st.integers(0, 40))
def test_a_list_may_be_reduced_in_two_parts(kinds, cut):
    whole = steps(*kinds, start=RUNNING)

    half = steps(*kinds[:cut], start=RUNNING)
    rest = steps(*kinds[cut:], start=half, at=T0 + 1000 * min(cut, len(kinds)))

    assert rest == whole


@given(any_steps)
def test_nobody_is_lost_or_doubled(kinds):
    state = steps(*kinds, start=RUNNING)

    assert len(set(state.order)) == len(state.order)
    assert not set(state.order) & state.passed
    assert state.speaker is None or state.speaker in state.order
    assert state.speaker not in state.spoken
    assert all(len(set(codes)) == len(codes) for codes in state.done)
    left = {d["person"] for k, d in kinds if k == "leave"}
    assert set(PEOPLE) - left <= {*state.order, *state.passed}


@given(any_steps)
def test_pressing_next_long_enough_lets_everybody_speak(kinds):
    state = steps(("jump", {"segment": 0}), ("jump", {"segment": 1}), start=steps(*kinds, start=RUNNING))
    state = steps(*["next"] * 12, start=state)

    assert (state.index, state.speaker) == (3, None)
    assert set(state.done[1]) == set(state.order)


@given(any_steps)
def test_versions_count_every_step(kinds):
    state = steps(*kinds, start=RUNNING)

    assert state.version == RUNNING.version + len(kinds)
    assert state.moved <= state.version
    assert state.roster <= state.version


@given(any_steps)
def test_back_undoes_next_in_the_round(kinds):
    state = steps(*kinds, start=IN_ROUND)
    if state.segment.kind != "round" or state.speaker is None:
        return

    there_and_back = steps("next", "back", start=state)

    assert (there_and_back.speaker, there_and_back.spoken) == (state.speaker, state.spoken)


@given(st.lists(st.integers(1, 90_000), min_size=2, max_size=20))
@settings(max_examples=60)
def test_pausing_and_resuming_never_loses_a_millisecond(gaps):
    state, at, ran = IN_ROUND, IN_ROUND.started_at, 0
    for number, gap in enumerate(gaps):
        at += gap
        ran += gap if number % 2 == 0 else 0
        state = step(state, Change(state.version + 1, "pause" if number % 2 == 0 else "resume", at))

    assert state.remaining(at) == 60_000 - ran
