from datetime import timedelta

import pytest
from django.urls import reverse

from kawka.actions.take_overs import role_link
from kawka.models import Membership, OutgoingMail, Role, RoleWish, Standing, TakeOver, Turn
from tests.factories import NOON, WEDNESDAY, make_meeting, make_member, make_person, make_role, make_turn


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def turn(group, ben):
    return make_turn(make_meeting(group), make_role(group, steps="Uśmiech"), ben)


def page(group):
    return reverse("group-roles", args=[group.slug])


def test_a_group_without_roles_begins_with_the_usual_ones(as_, group, ada, ben):
    make_meeting(group)
    host = as_(ada)
    assert "Nikt nie niesie grupy w pojedynkę" in host.get(page(group)).text

    host.post(reverse("roles-plan", args=[group.slug]))

    assert Role.objects.count() == 5
    assert Turn.objects.count() == 5
    assert "Pilnowanie czasu" in host.get(page(group)).text


def test_a_member_sees_who_does_what_and_accepts_with_one_press(as_, group, ben, turn):
    member = as_(ben)
    assert "Tak, zrobię to" in member.get(page(group)).text

    answer = member.post(reverse("turn-mine", args=[group.slug]), {"do": "accept", "turn": turn.code})

    assert answer.url == page(group)
    assert Turn.objects.get().state == "accepted"


def test_pressing_leads_back_to_where_it_was_pressed_but_never_elsewhere(as_, group, ben, turn):
    address, press = reverse("turn-mine", args=[group.slug]), {"do": "accept", "turn": turn.code}

    assert as_(ben).post(address, {**press, "back": "/"}).url == "/"
    assert as_(ben).post(address, {**press, "back": "https://evil.example/"}).url == page(group)


def test_the_mailed_link_shows_and_a_press_decides(as_, group, ben, turn):
    address = reverse("role_by_link", args=[role_link(ben, group, NOON).token])
    visitor = as_(None)
    for _look in range(10):
        assert "Tak, zrobię to" in visitor.get(address).text
    assert Turn.objects.get().state == "proposed"

    assert visitor.post(address, {"do": "accept", "turn": turn.code}).url == address

    assert Turn.objects.get().state == "accepted"


def test_a_stand_in_says_yes_by_the_link_and_the_next_is_thanked(as_, group, ada, ben, turn):
    second = make_person(group.community)
    make_member(group, second)
    as_(ben).post(reverse("turn-give-back", args=[group.slug, turn.code]))
    code = TakeOver.objects.get().code
    links = {who: reverse("role_by_link", args=[role_link(who, group, NOON).token]) for who in (ada, second)}
    assert "potrzebne zastępstwo" in as_(None).get(links[second]).text

    as_(None).post(links[second], {"do": "yes", "take_over": code})
    late = as_(None).post(links[ada], {"do": "yes", "take_over": code}, follow=True)

    assert Turn.objects.get().person == second
    assert "Ktoś zgłosił się szybciej" in late.text
    assert OutgoingMail.objects.filter(kind="turn_taken", person=ada).count() == 1


@pytest.mark.parametrize("press", [{}, {"do": "accept"}, {"do": "yes", "take_over": "zzz"}, {"do": "fly"}])
def test_a_broken_press_is_answered_in_words(as_, group, ben, turn, press):
    answer = as_(ben).post(reverse("turn-mine", args=[group.slug]), press, follow=True)

    assert answer.status_code == 200
    assert Turn.objects.get().state == "proposed"


def test_nobody_gives_back_what_others_hold(as_, group, ada, ben, turn):
    other = make_person(group.community, account=None)
    Turn.objects.update(person=other)

    as_(ben).post(reverse("turn-give-back", args=[group.slug, turn.code]))
    assert Turn.objects.get().person == other

    as_(ada).post(reverse("turn-give-back", args=[group.slug, turn.code]))
    assert Turn.objects.get().person is None


def test_a_turn_of_another_group_is_not_found(as_, group, ada, dan):
    elsewhere = Membership.objects.get(person=dan).group
    other = make_turn(make_meeting(elsewhere), make_role(elsewhere), dan)

    assert as_(ada).get(reverse("turn", args=[group.slug, other.code])).status_code == 404
    as_(ada).post(reverse("turn-mine", args=[group.slug]), {"do": "take", "turn": other.code})
    assert Turn.objects.get().person == dan


def test_a_member_wishes_and_a_guest_cannot_yet(as_, group, ben, cleo, turn):
    address = reverse("role-wish", args=[group.slug, turn.role.code])

    as_(ben).post(address, {"wish": "learn"})
    as_(cleo).post(address, {"wish": "learn"})

    assert RoleWish.objects.values_list("membership__person", "wish").get() == (ben.pk, "learn")

    as_(ben).post(address, {"wish": ""})

    assert RoleWish.objects.count() == 0


def test_who_alone_ever_did_it_is_told_as_a_possibility(as_, group, ada, ben, turn):
    was = make_meeting(group, starts_at=WEDNESDAY - timedelta(days=7), state="closed")
    make_turn(was, turn.role, ben, state="accepted")

    assert f"robi to jedna osoba: {ben.name}" in as_(ada).get(page(group)).text


def test_a_host_changes_a_card_and_ends_a_role(as_, group, ada, turn):
    card = {"name": "Zdjęcia", "steps": "Aparat", "minutes_before": 5, "minutes_after": 0, "handover": ""}
    host = as_(ada)

    host.post(reverse("role", args=[group.slug, turn.role.code]), card)
    again = host.post(reverse("role-add", args=[group.slug]), card)

    assert again.status_code == 422
    assert list(Role.objects.values_list("name", "minutes_before")) == [("Zdjęcia", 5)]

    host.post(reverse("role-end", args=[group.slug, turn.role.code]))

    assert Turn.objects.count() == 0


def test_the_host_writes_down_who_does_it(as_, group, ada, ben, turn):
    as_(ada).post(reverse("turn", args=[group.slug, turn.code]), {"person": ada.code})

    assert Turn.objects.values_list("person", "state").get() == (ada.pk, "accepted")


def test_the_page_asks_the_same_for_one_and_for_thirty(
    as_, group, ada, ben, turn, django_assert_max_num_queries
):
    host = as_(ada)
    for number in range(30):
        role = make_role(group, position=number)
        for date in (turn.meeting, make_meeting(group, starts_at=WEDNESDAY - timedelta(days=7 + number))):
            person = make_person(group.community)
            make_member(group, person, Standing.MEMBER)
            make_turn(date, role, person, state="accepted")

    with django_assert_max_num_queries(16):
        assert host.get(page(group)).status_code == 200


def test_whoever_did_it_leaves_a_note_and_nobody_else(as_, group, ada, ben, turn):
    address = reverse("role-note", args=[group.slug, turn.role.code])
    as_(ben).post(address, {"handover": "Za wcześnie"})
    Turn.objects.update(state="accepted")

    as_(ben).post(address, {"handover": "Dzwonek leży w szufladzie."})
    as_(ada).post(address, {"handover": "Obce"})

    assert Role.objects.get().handover == "Dzwonek leży w szufladzie."


def test_why_is_told_to_hosts_and_to_whom_it_concerns(as_, group, ada, ben, cleo, turn):
    Turn.objects.update(reason={"kind": "first", "turns": 0, "last": ""})

    pages = {who: as_(who).get(page(group)).text for who in (ada, ben, cleo)}

    assert [who for who, text in pages.items() if "pierwszy dyżur" in text] == [ada, ben]
