"""The host's pages: the next date, later ones, settings, run sheet, rhythm."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from kawka.models import Group
from tests.factories import (
    NOON,
    WEDNESDAY,
    make_answer,
    make_meeting,
    make_member,
    make_person,
)

pytestmark = pytest.mark.django_db
FORMULA = {
    "pitch_seconds": "60",
    "talk_rounds": "3",
    "talk_minutes": "8",
    "rows-TOTAL_FORMS": "1",
    "rows-INITIAL_FORMS": "0",
    "rows-0-kind": "round",
    "rows-0-title": "",
    "rows-0-minutes": "20",
}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_the_host_sees_who_comes_next_and_how_many_later(as_, group, ada, ben, cleo):
    following = make_meeting(group)
    later = make_meeting(group, starts_at=WEDNESDAY.replace(day=21))
    make_answer(following, ben)
    make_answer(following, cleo, "no")
    make_answer(later, ben, "waiting")

    shown = as_(ada).get(reverse("group-host", args=[group.slug])).context

    assert shown["next"] == following
    assert [answer.person for answer in shown["answers"]["coming"]] == [ben]
    assert [answer.person for answer in shown["answers"]["no"]] == [cleo]
    assert [(date.coming, date.said_no, date.waiting) for date in shown["later"]] == [(0, 0, 1)]


def test_a_new_group_is_shown_what_helps_now(as_, group, ada):
    alone = as_(ada).get(reverse("group-host", args=[group.slug]))
    make_member(group, make_person(group.community))
    together = as_(ada).get(reverse("group-host", args=[group.slug]))

    assert (alone.context["is_new"], together.context["is_new"]) == (True, False)
    assert reverse("people", args=[group.slug]) in alone.content.decode()


@pytest.mark.parametrize("people", [1, 30])
def test_the_host_page_asks_the_same_for_one_and_for_thirty(
    as_, group, ada, people, django_assert_num_queries
):
    following = make_meeting(group)
    for number in range(people):
        make_answer(following, make_person(group.community))
        make_meeting(group, starts_at=WEDNESDAY.replace(day=15 + number % 16))
    browser = as_(ada)

    with django_assert_num_queries(12):
        browser.get(reverse("group-host", args=[group.slug]))


def test_a_date_is_added_by_hand(as_, group, ada):
    typed = {"on": "2026-10-17", "at": "10:00", "place_name": "Biblioteka", "place_address": ""}

    as_(ada).post(reverse("group-date-add", args=[group.slug]), typed)

    added = group.meetings.get()
    assert (added.local_date, added.where) == (date(2026, 10, 17), "Biblioteka")


def test_a_date_in_the_past_comes_back_filled(as_, group, ada):
    page = as_(ada).post(
        reverse("group-date-add", args=[group.slug]), {"on": "2026-10-01", "at": "10:00", "place_name": "Tu"}
    )

    assert page.status_code == 422
    assert page.context["form"]["place_name"].value() == "Tu"
    assert "on" in page.context["form"].errors


@pytest.mark.parametrize("day", ["9999-12-31", "0026-10-14", "2100-01-01", "2027-02-29"])
def test_a_day_nobody_means_is_refused_in_words(as_, group, ada, day):
    for name in ("group-date-add", "series-add"):
        typed = {"on": day, "at": "08:30", "rhythm": "weekly", "starts_on": day, "starts_at": "08:30"}
        answer = as_(ada).post(reverse(name, args=[group.slug]), typed)

        assert answer.status_code == 422
        assert str(_("Choose a day from the calendar.")) in answer.content.decode()


def test_a_date_is_moved_and_the_page_of_the_group_told(as_, group, ada):
    meeting = make_meeting(group)
    typed = {"on": "2026-10-15", "at": "09:00", "place_name": "", "place_address": ""}

    as_(ada).post(reverse("meeting-date", args=[meeting.code]), typed)

    meeting.refresh_from_db()
    assert (meeting.local_start.strftime("%d %H:%M"), meeting.calendar_sequence) == ("15 09:00", 1)
    assert Group.objects.get(pk=group.pk).page_version == group.page_version + 1


def test_an_address_needs_the_name_of_its_place(as_, group, ada):
    meeting = make_meeting(group)
    typed = {"on": "2026-10-14", "at": "08:30", "place_address": "Rynek 5"}

    page = as_(ada).post(reverse("meeting-date", args=[meeting.code]), typed)

    assert "place_name" in page.context["form"].errors


def settings_of(browser, group) -> dict[str, object]:
    form = browser.get(reverse("group-settings", args=[group.slug])).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in typed.items() if value not in (None, False)}


def test_settings_are_saved_and_shown_on_the_public_page(as_, group, ada):
    browser = as_(ada)
    typed = {**settings_of(browser, group), "price": "kawa 14 zł", "house_rules": "Uśmiech", "size_max": 12}

    answer = browser.post(reverse("group-settings", args=[group.slug]), typed)

    changed = Group.objects.get(pk=group.pk)
    assert answer.url == reverse("group-settings", args=[group.slug])
    assert (changed.price, changed.house_rules, changed.size_max) == ("kawa 14 zł", "Uśmiech", 12)
    assert changed.page_version == group.page_version + 1


def test_settings_that_cannot_be_come_back_filled(as_, group, ada):
    browser = as_(ada)
    typed = {**settings_of(browser, group), "name": "Nowa", "size_min": 30, "size_max": 10}

    page = browser.post(reverse("group-settings", args=[group.slug]), typed)

    assert page.status_code == 422
    assert page.context["form"]["name"].value() == "Nowa"
    assert page.context["group"].name == "Śniadanie biznesowe"


def test_a_group_can_stop_showing_its_page_to_strangers(as_, group, ada):
    browser = as_(ada)
    typed = settings_of(browser, group)
    del typed["is_listed"]

    browser.post(reverse("group-settings", args=[group.slug]), typed)

    assert as_(None).get(reverse("group", args=[group.slug])).status_code == 404


def test_the_run_sheet_warns_when_everybodys_minute_does_not_fit(as_, group, ada):
    over = as_(ada).get(reverse("group-formula", args=[group.slug])).context["over"]

    assert (over.people, over.seconds, over.shorter) == (25, 60, 40)


def test_a_proposal_is_taken_up_with_one_press(as_, group, ada):
    as_(ada).post(reverse("group-formula", args=[group.slug]), {"do": "speak-45"})

    assert Group.objects.get(pk=group.pk).pitch_seconds == 45


def test_a_proposal_out_of_bounds_changes_nothing(as_, group, ada):
    as_(ada).post(reverse("group-formula", args=[group.slug]), {"do": "speak-5"})

    assert Group.objects.get(pk=group.pk).pitch_seconds == 60


def test_the_run_sheet_is_rearranged_without_saving_and_saved_whole(as_, group, ada):
    browser, address = as_(ada), reverse("group-formula", args=[group.slug])

    added = browser.post(address, {**FORMULA, "talk_minutes": "7", "do": "add"})
    before = group.segments.count()
    browser.post(address, {**FORMULA, "do": "save"})

    assert (len(added.context["sheet"].forms), added.context["pace"]["talk_minutes"].value()) == (2, "7")
    assert before == 5
    assert [(part.kind, part.minutes) for part in group.segments.all()] == [("round", 20)]


def test_a_run_sheet_without_parts_is_not_saved(as_, group, ada):
    empty = {**FORMULA, "rows-TOTAL_FORMS": "0", "do": "save"}

    page = as_(ada).post(reverse("group-formula", args=[group.slug]), empty)

    assert page.status_code == 422
    assert group.segments.count() == 5


BESIDE = {
    "name": "Kawa w ogrodzie",
    "formula": "open_coffee",
    "rhythm": "weeks_2",
    "nth": "1",
    "weekday": "3",
    "starts_at": "17:00",
    "starts_on": "2026-10-15",
    "place_name": "Ogród",
}


def test_a_second_rhythm_shares_people_cards_and_who_may_see_it(as_, group, ada, ben):
    Group.objects.filter(pk=group.pk).update(is_listed=False, size_max=12)
    browser, address = as_(ada), reverse("group-beside", args=[group.slug])

    browser.post(address, BESIDE)
    twice = browser.post(address, BESIDE)

    beside = Group.objects.get(name="Kawa w ogrodzie")
    assert twice.url == reverse("group-host", args=[beside.slug])
    assert (beside.community, beside.is_listed, beside.size_max) == (group.community, False, 12)
    assert [place.person for place in beside.memberships.all()] == [ada]
    assert [part.kind for part in beside.segments.all()] == ["coffee", "talks"]
    assert [meeting.local_date.day for meeting in beside.meetings.order_by("starts_at")[:2]] == [15, 29]


def test_somebody_of_the_circle_is_a_guest_there_from_the_first_answer(as_, group, ada, ben, dan):
    as_(ada).post(reverse("group-beside", args=[group.slug]), BESIDE)
    beside = Group.objects.get(name="Kawa w ogrodzie")
    meeting = beside.meetings.first()
    answer = {"meeting": meeting.code, "choice": "coming"}
    address = reverse("meeting-answer", args=[meeting.code])

    home = as_(ben).get(reverse("home"))
    as_(ben).post(address, answer)
    stranger = as_(dan).post(address, answer)

    assert home.context["beside"] == [beside]
    assert meeting in [shown.date.meeting for shown in home.context["dates"]]
    assert beside.memberships.get(person=ben).standing == "guest"
    assert (meeting.answers.get().person, stranger.status_code) == (ben, 404)
    assert as_(ben).get(reverse("home")).context["beside"] == []


def test_who_is_signed_in_sees_their_own_answer_instead_of_the_form(as_, client, group, ada, ben):
    following = make_meeting(group)
    make_answer(following, ben)
    address = reverse("group", args=[group.slug])

    mine, silent, anybody = (browser.get(address) for browser in (as_(ben), as_(ada), client))

    assert [page.context["seats"].choice for page in (mine, silent, anybody)] == ["coming", "", ""]
    assert ['name="email"' in page.content.decode() for page in (mine, silent, anybody)] == [
        False,
        False,
        True,
    ]
    assert f'action="{reverse("meeting-answer", args=[following.code])}"' in mine.content.decode()
