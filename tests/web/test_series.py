"""The rhythms of a group: listed as sentences, added, changed, paused, ended."""

import pytest
from django.urls import reverse

from kawka.actions.series import make_dates
from kawka.models import Group, Meeting, OutgoingMail
from tests.factories import NOON, make_answer, make_series

pytestmark = pytest.mark.django_db
WEDNESDAYS = {"rhythm": "weekly", "nth": "1", "weekday": "2", "starts_on": "2026-10-14"}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def series(group):
    made = make_series(group)
    make_dates(series=made, now=NOON)
    return made


def on(group, day) -> Meeting:
    return group.meetings.get(local_date=f"2026-{day}")


def of(name, series) -> str:
    return reverse(name, args=[series.group.slug, series.code])


def test_each_rhythm_is_a_sentence_with_its_next_dates(as_, group, ada, series):
    make_series(group, kind="monthly_nth", nth=-1, weekday=3, starts_at="17:00", starts_on="2026-11-01")

    page = as_(ada).get(reverse("group-rhythm", args=[group.slug]), headers={"accept-language": "en"})

    shown = [(one.words, len(dates)) for one, dates in page.context["rows"]]
    assert [number for _words, number in shown] == [3, 0]
    assert "Every Wednesday at 8:30, from 14 October" in page.content.decode()
    assert "On the last Thursday of each month at 17:00, from 1 November" in page.content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_thirty_dates_and_rhythms_cost_what_one_costs(as_, group, ada, many, django_assert_num_queries):
    for number in range(many):
        made = make_series(group, starts_at=f"{8 + number % 10}:{number:02d}", weekday=number % 7)
        make_dates(series=made, now=NOON)
    browser = as_(ada)

    with django_assert_num_queries(6):
        browser.get(reverse("group-rhythm", args=[group.slug]))


def test_how_far_ahead_dates_are_made_is_a_setting(as_, group, ada, series):
    browser, address = as_(ada), reverse("group-rhythm", args=[group.slug])

    refused = browser.post(address, {"weeks_ahead": "1"})
    browser.post(address, {"weeks_ahead": "10"})

    assert (refused.status_code, Group.objects.get().weeks_ahead) == (422, 10)
    assert group.meetings.count() == 10


def test_a_rhythm_is_added_beside_the_first(as_, group, ada, series):
    typed = {"rhythm": "monthly_nth", "nth": "-1", "weekday": "4", "starts_at": "17:00"}

    as_(ada).post(reverse("series-add", args=[group.slug]), {**typed, "starts_on": "2026-10-14"})

    assert group.series.running().count() == 2
    assert on(group, "10-30").local_start.hour == 17


def test_another_hour_is_shown_first_and_then_moves_all(as_, group, ada, ben, series):
    make_answer(on(group, "10-21"), ben)
    browser, typed = as_(ada), {**WEDNESDAYS, "starts_at": "09:00"}

    page = browser.post(of("series-change", series), typed)
    before = on(group, "10-21").local_start.hour
    browser.post(of("series-change", series), {**typed, "seen": page.context["plan"].seen})

    assert [person.name for person in page.context["plan"].told] == ["Ben Członek"]
    assert len(page.context["plan"].changed) == 8
    assert (before, on(group, "10-21").local_start.hour) == (8, 9)
    assert group.series.running().get() == series


def test_other_days_keep_what_people_touched_and_say_so_first(as_, group, ada, ben, series):
    make_answer(on(group, "10-21"), ben)
    browser, typed = as_(ada), {**WEDNESDAYS, "weekday": "4", "starts_at": "08:30"}

    page = browser.post(of("series-change", series), typed)
    browser.post(of("series-change", series), {**typed, "seen": page.context["seen"]})

    assert [meeting.local_date.day for meeting in page.context["kept"]] == [21]
    assert [meeting.local_date.day for meeting in group.meetings.order_by("starts_at")[:3]] == [16, 21, 23]


def test_a_break_asks_about_dates_people_count_on(as_, group, ada, ben, cleo, series):
    make_answer(on(group, "10-21"), ben)
    make_answer(on(group, "10-28"), cleo)
    typed = {"first": "2026-10-20", "last": "2026-11-05", "reason": "Ferie"}
    browser = as_(ada)

    page = browser.post(of("series-pause", series), typed)
    asked = {**typed, "seen": page.context["seen"], "call_off": [on(group, "10-28").code]}
    browser.post(of("series-pause", series), asked)

    assert [[one.name for one in people] for _date, people in page.context["dates"]] == [
        [ben.name],
        [cleo.name],
    ]
    assert on(group, "10-21").state == Meeting.State.PLANNED
    assert on(group, "10-28").state == Meeting.State.CALLED_OFF
    assert OutgoingMail.objects.get().to == cleo.email
    public = as_(None).get(reverse("group", args=[group.slug])).content.decode()
    assert "Ferie" in public


def test_a_break_ends_at_a_press_and_the_page_forgets_it(as_, group, ada, series):
    browser = as_(ada)
    browser.post(of("series-pause", series), {"first": "2026-10-14", "last": "2026-11-05", "reason": "Ferie"})
    during = as_(None).get(reverse("group", args=[group.slug])).content.decode()

    browser.post(of("series-resume", series))

    assert "Ferie" in during
    assert "Ferie" not in as_(None).get(reverse("group", args=[group.slug])).content.decode()
    assert group.meetings.count() == 8


def test_a_break_needs_a_reason_and_days_in_order(as_, group, ada, series):
    page = as_(ada).post(of("series-pause", series), {"first": "2026-11-05", "last": "2026-10-20"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"last", "reason"}


def test_a_rhythm_ends_after_a_look(as_, group, ada, ben, series):
    make_answer(on(group, "10-21"), ben)
    browser = as_(ada)

    page = browser.get(of("series-end", series))
    browser.post(of("series-end", series), {"seen": page.context["seen"]})

    assert [meeting.local_date.day for meeting in group.meetings.all()] == [21]
    assert browser.get(of("series-end", series)).status_code == 404


def test_this_and_following_are_shown_first_then_moved(as_, group, ada, ben, series):
    make_answer(on(group, "11-04"), ben)
    browser, meeting = as_(ada), on(group, "10-28")
    typed = {"on": "2026-10-29", "at": "09:00", "reach": "following"}
    address = reverse("meeting-date", args=[meeting.code])

    page = browser.post(address, typed)
    nothing_yet = on(group, "10-28").calendar_sequence
    stale = browser.post(address, {**typed, "seen": "something else"})
    browser.post(address, {**typed, "seen": page.context["plan"].seen})

    assert (page.status_code, nothing_yet, stale.status_code) == (200, 0, 409)
    assert [move.local_start.day for move in page.context["plan"].changed] == [29, 5, 12, 19, 26, 3]
    assert on(group, "10-29").calendar_sequence == 1
    assert on(group, "11-05").tell_change_at is not None


def test_a_date_without_a_rhythm_has_nothing_to_reach(as_, group, ada):
    meeting = Meeting.objects.create(
        group=group, local_date="2026-10-14", starts_at=NOON.replace(day=14), ends_at=NOON.replace(day=15)
    )

    form = as_(ada).get(reverse("meeting-date", args=[meeting.code])).context["form"]

    assert "reach" not in form.fields
