"""The way to membership on pages: one's own, by a link or signed in, and the host's."""

import pytest
from django.urls import reverse

from kawka.actions import memberships
from kawka.models import Card, Group, Membership, SeatQuestion, Standing
from tests.factories import NOON, make_link, make_meeting


@pytest.fixture
def applying(group, ada, ben, cleo) -> Group:
    """Cleo may ask; Ben has the seat of her trade."""
    Group.objects.filter(pk=group.pk).update(joining="applying", has_one_seat_per_trade=True)
    Membership.objects.filter(person=cleo).update(standing=Standing.REGULAR)
    Card.objects.filter(person__in=[ben, cleo]).update(trade="księgowość")
    return Group.objects.get(pk=group.pk)


def by_link(person, group, name: str = "membership_by_link") -> str:
    link = person.links.filter(group=group).first() or make_link(person, group, "answer")
    return reverse(name, args=[link.token])


def test_from_asking_to_welcome(client, as_, applying, ada, ben, cleo):
    host = reverse("people-membership", args=[applying.slug, cleo.code])

    client.post(by_link(cleo, applying), {"do": "apply"})
    question = SeatQuestion.objects.get()
    as_(ben).post(
        reverse("membership", args=[applying.slug]),
        {"do": "answer", "question": question.code, "answer": "talk"},
    )
    read = as_(ada).get(reverse("people-place", args=[applying.slug, cleo.code]))
    as_(ada).post(host, {"do": "welcome"})

    assert [one.answer for one in read.context["questions"]] == ["talk"]
    assert Membership.objects.get(person=cleo).standing == "member"


def test_an_invitation_is_shown_first_and_answered_with_one_press(client, as_, group, ada, cleo):
    as_(ada).post(reverse("people-membership", args=[group.slug, cleo.code]), {"do": "invite"})

    page = client.get(by_link(cleo, group, "answer_by_link"))
    home = as_(cleo).get(reverse("home"))
    client.post(by_link(cleo, group), {"do": "accept"})

    assert (page.context["place"].is_asked, home.context["places"][0].is_asked) == (True, True)
    assert Membership.objects.get(person=cleo).standing == "member"


def test_not_now_needs_words(as_, applying, ada, cleo):
    memberships.apply(membership=Membership.objects.get(person=cleo), now=NOON)
    host = reverse("people-membership", args=[applying.slug, cleo.code])

    as_(ada).post(host, {"do": "not-now", "words": "  "})
    still = Membership.objects.get(person=cleo).applied_at
    as_(ada).post(host, {"do": "not-now", "words": "Może od stycznia?"})

    assert (still, Membership.objects.get(person=cleo).applied_at) == (NOON, None)


def test_nobody_answers_for_the_seats_holder(as_, applying, ada, ben, cleo):
    memberships.apply(membership=Membership.objects.get(person=cleo), now=NOON)
    question = SeatQuestion.objects.get()

    as_(cleo).post(
        reverse("membership", args=[applying.slug]),
        {"do": "answer", "question": question.code, "answer": "yes"},
    )

    question.refresh_from_db()
    assert question.answer == ""


def test_the_settings_of_membership_are_kept(as_, group, ada):
    page = reverse("group-joining", args=[group.slug])
    wrong = as_(ada).post(page, {"joining": "applying", "held_seats": 25})
    as_(ada).post(page, {"joining": "applying", "has_one_seat_per_trade": "on", "held_seats": 4})

    group.refresh_from_db()
    fields = {name: getattr(group, name) for name in ("name", "town", "purpose", "type", "place_name")}
    fields |= {"timezone": group.timezone, "language": "pl", "size_min": 2, "size_max": 4}
    too_small = as_(ada).post(reverse("group-settings", args=[group.slug]), fields)
    assert (wrong.status_code, too_small.status_code) == (422, 422)
    assert list(too_small.context["form"].errors) == ["size_max"]
    assert (group.joining, group.has_one_seat_per_trade, group.held_seats) == ("applying", True, 4)


def test_looking_at_the_link_ten_times_changes_nothing(client, group, ada, cleo):
    make_meeting(group)
    memberships.invite(membership=Membership.objects.get(person=cleo), by=ada, now=NOON)
    page = by_link(cleo, group, "answer_by_link")

    looked = {client.get(page).status_code for _look in range(10)}
    refused = {client.get(by_link(cleo, group)).status_code for _look in range(10)}

    place = Membership.objects.get(person=cleo)
    assert (looked, refused) == ({200}, {405})
    assert (place.standing, place.invited_at) == ("guest", NOON)


def test_hosts_read_at_whose_invitation_somebody_became_a_member(as_, group, ada, cleo):
    place = Membership.objects.get(person=cleo)
    memberships.invite(membership=place, by=ada, now=NOON)
    page = reverse("people-place", args=[group.slug, cleo.code])

    before = as_(ada).get(page).content.decode()
    memberships.accept(membership=place, now=NOON)
    after = as_(ada).get(page).content.decode()

    assert "Zaproszenie do członkostwa od: Ada Gospodarz." in before
    assert "Członkostwo na zaproszenie od: Ada Gospodarz." in after
    assert as_(cleo).get(page).status_code == 403
