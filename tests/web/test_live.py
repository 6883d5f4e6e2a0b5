"""The remote, the projector and the phones."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kawka.actions import live
from kawka.actions.opening import open_meeting
from kawka.models import Attendance, Hand, LiveChange, Meeting, Person
from kawka.web.phone import cookie_of
from tests.factories import (
    WEDNESDAY,
    make_ask,
    make_attendance,
    make_link,
    make_meeting,
    make_person,
)

AS_DATA = {"Accept": "application/json"}
SOON = WEDNESDAY + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(SOON, tick=False):
        yield


@pytest.fixture
def meeting(group, ada, ben, cleo):
    meeting = make_meeting(group)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    return meeting


@pytest.fixture
def running(meeting, ada):
    begun = live.begin(meeting=meeting, by=ada, now=WEDNESDAY)
    live.press(meeting=meeting, verb="next", by=ada, now=WEDNESDAY, seen=begun.version)
    meeting.refresh_from_db()
    return meeting


def at(name, meeting):
    return reverse(name, args=[meeting.code])


def press(browser, meeting, seen, **data):
    return browser.post(
        at("live-press", meeting),
        {"verb": "next", "seen": seen, **data},
        headers=AS_DATA,
    )


def joined(client, meeting, person):
    client.post(reverse("join-as", args=[meeting.room_code]), {"person": person.code})
    return client


def test_tapping_a_name_twice_is_tapping_it_once(meeting, ben):
    phone, other = Client(), Client()
    address, name = reverse("join-as", args=[meeting.room_code]), {"person": ben.code}
    for browser in (phone, other):
        browser.get(reverse("join", args=[meeting.room_code]))

    first, again = phone.post(address, name), phone.post(address, name)
    somebody_else = other.post(address, name)

    assert (first.url, again.url) == (at("live-phone", meeting), at("live-phone", meeting))
    assert first.cookies[cookie_of(meeting.code)].value == again.cookies[cookie_of(meeting.code)].value
    assert somebody_else.url == reverse("join", args=[meeting.room_code])


def test_coming_in_twice_with_one_name_from_one_phone_is_coming_in_once(meeting):
    phone, address = Client(), reverse("join-as-stranger", args=[meeting.room_code])
    phone.get(reverse("join", args=[meeting.room_code]))

    taps = [phone.post(address, {"name": "Zofia Zulicy"}) for _tap in range(2)]

    assert [tap.url for tap in taps] == [at("live-phone", meeting)] * 2
    assert Person.objects.filter(name="Zofia Zulicy").count() == 1


def test_the_host_starts_the_meeting_from_the_remote(meeting, ada, as_):
    answer = as_(ada).post(at("live-begin", meeting))

    meeting.refresh_from_db()
    assert (answer.status_code, meeting.state) == (302, Meeting.State.LIVE)
    assert meeting.talks.exists()


def test_starting_an_empty_room_is_refused_in_words(group, ada, as_):
    browser = as_(ada)

    answer = browser.post(at("live-begin", make_meeting(group)), follow=True)

    assert str(live.NobodyHere.message) in answer.content.decode()


def test_a_press_answers_a_script_with_the_new_state(running, ada, as_):
    answer = press(as_(ada), running, running.live_version)

    assert answer.json()["version"] == running.live_version + 1
    assert answer.json()["phase"] == "live"


@pytest.mark.parametrize("verb", ["jump", "move_up", ""])
def test_a_press_that_says_half_is_refused_in_words(running, ada, as_, verb):
    answer = press(as_(ada), running, running.live_version, verb=verb)

    assert (answer.status_code, list(answer.json())) == (400, ["message"])


def test_a_stale_press_changes_nothing(running, ada, olga, as_):
    press(as_(ada), running, running.live_version)
    press(as_(olga), running, running.live_version)

    assert LiveChange.objects.filter(kind="next").count() == 2


def test_a_press_without_a_script_leads_back_to_the_remote(running, ada, as_):
    answer = as_(ada).post(at("live-press", running), {"verb": "pause", "seen": running.live_version})

    assert answer.url == at("live-remote", running)
    assert LiveChange.objects.last().kind == "pause"


@pytest.mark.parametrize(
    ("data", "kind"),
    [({"verb": "", "jump": "2"}, "jump"), ({"verb": "extend"}, "extend"), ({"verb": "skip"}, "skip")],
)
def test_every_button_is_one_press(running, ada, as_, data, kind):
    press(as_(ada), running, running.live_version, **data)

    assert LiveChange.objects.last().kind == kind


def test_a_press_without_a_verb_or_a_version_is_refused(running, ada, as_):
    browser = as_(ada)

    assert press(browser, running, running.live_version, verb="").status_code == 400
    assert press(browser, running, "").status_code == 400
    assert LiveChange.objects.count() == 2


def test_a_press_on_what_is_not_running_says_so(meeting, ada, as_):
    answer = press(as_(ada), meeting, 0)

    assert answer.status_code == 409
    assert answer.json() == {"message": str(live.NotRunning.message)}


def test_the_remote_shows_who_speaks_and_who_waits(running, ada, as_):
    page = as_(ada).get(at("live-remote", running)).content.decode()

    for name in ("Ada Gospodarz", "Ben Członek", "Cleo Gość"):
        assert name in page


def test_the_projector_shows_the_way_in(running, ada, as_):
    page = as_(ada).get(at("live-projector", running)).content.decode()

    assert f"/j/{running.room_code}/" in page
    assert "<svg" in page


def test_ending_closes_the_meeting(running, ada, as_):
    as_(ada).post(at("live-end", running))

    running.refresh_from_db()
    assert running.state == Meeting.State.CLOSED
    assert as_(ada).get(at("live-projector", running)).status_code == 200


@pytest.mark.parametrize("name", ["live-remote", "live-projector", "live-phone"])
def test_a_face_costs_the_same_for_three_and_for_thirty(
    name, meeting, community, ada, as_, django_assert_num_queries
):
    browser = as_(ada)
    open_meeting(meeting=meeting, by=ada, now=WEDNESDAY)
    with django_assert_num_queries(QUERIES[name]):
        browser.get(at(name, meeting))
    for number in range(27):
        person = make_person(community, f"Osoba {number}")
        make_ask(person)
        make_attendance(meeting, person)

    with django_assert_num_queries(QUERIES[name]):
        browser.get(at(name, meeting))


QUERIES = {"live-remote": 12, "live-projector": 11, "live-phone": 13}


def test_a_name_is_picked_and_kept_on_the_phone(meeting, ben, client):
    joined(client, meeting, ben)

    page = client.get(at("live-phone", meeting))
    cookie = client.cookies[f"kawka_phone_{meeting.code}"]
    assert page.status_code == 200
    assert page.context["seat"].person == ben
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", settings.HTTPS)


def test_a_name_on_a_phone_is_not_given_twice(meeting, ben, client, as_):
    joined(client, meeting, ben)
    other = joined(as_(None), meeting, ben)

    assert other.get(at("live-phone", meeting)).status_code == 404
    assert client.get(at("live-phone", meeting)).status_code == 200


def test_a_released_name_leaves_the_old_phone(meeting, ada, ben, client, as_):
    joined(client, meeting, ben)

    as_(ada).post(at("live-release", meeting), {"person": ben.code})

    assert client.get(at("live-phone", meeting)).status_code == 404
    other = joined(as_(None), meeting, ben)
    assert other.get(at("live-phone", meeting)).status_code == 200


def test_a_forged_phone_is_an_outsider(meeting, ben, client):
    client.cookies[f"kawka_phone_{meeting.code}"] = f"{ben.code}.0~forged"

    assert client.get(at("live-phone", meeting)).status_code == 404


def test_a_phone_of_one_meeting_is_an_outsider_at_another(meeting, group, ben, client):
    joined(client, meeting, ben)
    other = make_meeting(group, starts_at=WEDNESDAY + timedelta(days=7))
    client.cookies[f"kawka_phone_{other.code}"] = client.cookies[f"kawka_phone_{meeting.code}"].value

    assert client.get(at("live-phone", other)).status_code == 404


def test_a_stranger_comes_in_by_name(meeting, client):
    address = reverse("join-as-stranger", args=[meeting.room_code])

    for _ in range(2):
        client.post(address, {"name": "Ewa  Nowa", "trade": "stolarka"})

    newcomer = Attendance.objects.get(person__name="Ewa Nowa")
    assert newcomer.person.card.trade == "stolarka"
    assert client.get(at("live-phone", meeting)).context["seat"] == newcomer


def test_a_stranger_cannot_come_in_days_ahead(meeting, client):
    with time_machine.travel(WEDNESDAY - timedelta(days=2)):
        answer = client.post(reverse("join-as-stranger", args=[meeting.room_code]), {"name": "Ewa"})

    assert answer.status_code == 422
    assert not Person.objects.filter(name="Ewa").exists()


def test_a_personal_link_lets_its_person_in(meeting, group, ben, client):
    link = make_link(ben, group, "live", meeting)
    address = reverse("live_by_link", args=[link.token])

    assert client.get(address).status_code == 200
    assert not Attendance.objects.filter(phone_joined_at__isnull=False).exists()
    client.post(address)
    assert client.get(at("live-phone", meeting)).context["seat"].person == ben


def test_the_room_of_a_meeting_that_is_over_is_closed(meeting, client):
    Meeting.objects.update(state="closed")

    assert client.get(reverse("join", args=[meeting.room_code])).status_code == 404


def test_a_quiet_hand_counts_once(running, ada, ben, client):
    ask = make_ask(ada)
    joined(client, running, ben)
    tap = {"tap": f"can.{ada.code}.{ask.code}", "key": "k1"}

    answers = [client.post(at("live-hand", running), tap, headers=AS_DATA) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [(hand.person, hand.ask) for hand in Hand.objects.all()] == [(ben, ask)]
    client.post(at("live-hand", running), {**tap, "lower": "on"})
    assert Hand.objects.count() == 0


def test_a_hand_works_without_a_script(running, ada, ben, client):
    joined(client, running, ben)

    client.post(at("live-hand", running), {"tap": f"more.{ada.code}."})
    page = client.get(at("live-phone", running)).content.decode()
    assert f'name="lowered" value="more.{ada.code}."' in page
    client.post(at("live-hand", running), {"lowered": f"more.{ada.code}."})

    assert Hand.objects.count() == 0


@pytest.mark.parametrize("tap", ["", "can", "can.x.y", "can..", "a.b.c.d"])
def test_a_tap_that_fits_nothing_is_refused_in_words(running, ben, client, tap):
    joined(client, running, ben)

    answer = client.post(at("live-hand", running), {"tap": tap}, headers=AS_DATA)

    assert answer.status_code == 409
    assert answer.json()["message"]


def test_nobody_sees_what_a_card_hides_from_meetings(running, ada, ben, client):
    ada.card.seen_by = {**ada.card.seen_by, "asks": "me", "does": "me"}
    ada.card.does = "Tajne zajęcie"
    ada.card.save(update_fields=["seen_by", "does"])
    make_ask(ada, "Tajna prośba")
    joined(client, running, ben)

    page = client.get(at("live-phone", running)).content.decode()

    assert "Tajne zajęcie" not in page
    assert "Tajna prośba" not in page


def test_the_page_begins_with_the_state(running, ben, client):
    joined(client, running, ben)

    room = client.get(at("live-phone", running)).context

    assert json.loads(room["state"])["version"] == running.live_version
    assert room["stream"].startswith("/live/stream/")


@pytest.mark.parametrize(("host", "told"), [("127.0.0.1", True), ("kawka.example", False)])
def test_the_remote_says_when_phones_cannot_reach_this_address(meeting, ada, as_, settings, host, told):
    settings.SITE_HOST = host

    page = as_(ada).get(f"/m/{meeting.code}/remote/").content.decode()

    assert ("--host 0.0.0.0" in page) is told
