"""Giving and taking up a pass in the browser, without an account."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from kawka.forms.tokens import new_token
from kawka.models import Answer, Invitation, Membership, Person, PersonalLink
from tests.factories import NOON, WEDNESDAY, make_link, make_meeting

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def mailed(as_, group, ben):
    fields = {"name": "Anna Nowa", "words": "Szukasz dentystów.", "email": "anna@example.org"}
    as_(ben).post(reverse("invite", args=[group.slug]), fields)
    return Invitation.objects.get()


def test_a_wrong_address_comes_back_with_everything_typed(as_, group, ben):
    fields = {"name": "Anna", "words": "Bo tak.", "email": "anna@"}

    page = as_(ben).post(reverse("invite", args=[group.slug]), fields)

    assert page.status_code == 422
    assert page.context["form"].data["words"] == "Bo tak."
    assert Invitation.objects.count() == 0


def test_the_link_and_the_code_are_shown_to_the_inviter(as_, ben, mailed):
    page = as_(ben).get(reverse("invitation", args=[mailed.code])).content.decode()

    assert reverse("pass", args=[mailed.token]) in page
    assert page.count('class="qr"') == 1


def test_looking_ten_times_changes_nothing_and_one_press_takes_it_up(client, group, mailed):
    meeting = make_meeting(group)
    address = reverse("pass", args=[mailed.token])

    for _ in range(10):
        assert client.get(address).status_code == 200
    untouched = (Answer.objects.count(), Person.objects.filter(email="anna@example.org").count())
    fields = {"name": "Anna Nowa", "meeting": meeting.code, "form_token": new_token()}
    page = client.post(address, fields)

    assert untouched == (0, 0)
    assert page.status_code == 200
    assert Answer.objects.get().person.email == "anna@example.org"


def test_a_taken_pass_shows_nothing_of_who_gave_it_or_took_it(client, group, mailed):
    meeting = make_meeting(group)
    address = reverse("pass", args=[mailed.token])
    client.post(address, {"name": "Anna Nowa", "meeting": meeting.code, "form_token": new_token()})

    page = Client().get(address).content.decode()

    assert [word for word in ("Ben", "dentyst", "Anna", "anna@") if word in page] == []
    assert re.search(r'name="email"[^>]*required', page)


def test_somebody_else_types_their_own_address(client, group, mailed):
    meeting = make_meeting(group)
    fields = {"name": "Jan", "email": "jan@example.org", "meeting": meeting.code, "form_token": new_token()}

    client.post(reverse("pass", args=[mailed.token]) + "?other=1", fields)

    assert Answer.objects.get().person.email == "jan@example.org"
    mailed.refresh_from_db()
    assert mailed.guest == Person.objects.get(email="jan@example.org")


def test_a_press_without_the_token_of_the_form_is_refused(client, group, mailed):
    make_meeting(group)

    assert client.post(reverse("pass", args=[mailed.token]), {"name": "Anna"}).status_code == 403


def visit(ben_or_cleo, group):
    link = make_link(ben_or_cleo, group, PersonalLink.Scope.ANSWER)
    return reverse("visit_by_link", args=[link.token])


def test_the_guest_keeps_the_seat_or_takes_another_date(client, group, ada, cleo):
    first = make_meeting(group)
    second = make_meeting(group, starts_at=WEDNESDAY + WEEK)
    address = visit(cleo, group)

    client.post(address, {"meeting": first.code, "choice": "no"})
    client.post(address, {"meeting": second.code, "choice": "coming"})
    page = client.get(address)

    assert page.context["meeting"] == second
    assert page.context["greeter"] == ada
    assert dict(Answer.objects.values_list("meeting__code", "choice")) == {
        first.code: "no",
        second.code: "coming",
    }


def test_another_date_frees_the_seat_at_the_first(client, group, ada, cleo):
    first = make_meeting(group)
    second = make_meeting(group, starts_at=WEDNESDAY + WEEK)
    address = visit(cleo, group)

    for meeting in (first, second, second):
        client.post(address, {"meeting": meeting.code, "choice": "coming"})

    assert client.get(address).context["meeting"] == second
    assert dict(Answer.objects.values_list("meeting__code", "choice")) == {
        first.code: "no",
        second.code: "coming",
    }


def test_consent_is_given_field_by_field(client, group, cleo):
    link = make_link(cleo, group, PersonalLink.Scope.ANSWER)
    address = reverse("after_by_link", args=[link.token])

    for _ in range(10):
        client.get(address)
    before = Membership.objects.get(person=cleo).directory_agreed_at
    client.post(address, {"want": "agree", "fields_shown": ["does", "asks"]})

    cleo.card.refresh_from_db()
    assert before is None
    assert {field for field, seen in cleo.card.seen_by.items() if seen == "members"} == {"does", "asks"}


def test_a_photo_of_the_door_can_be_seen_and_removed(as_, client, group, ada):
    browser, out = as_(ada), io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")

    browser.post(
        reverse("door-photo-change", args=[group.slug]),
        {"photo": SimpleUploadedFile("a.png", out.getvalue())},
    )
    shown = client.get(reverse("door-photo", args=[group.slug]))
    browser.post(reverse("door-photo-change", args=[group.slug]), {"remove": "1"})

    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert client.get(reverse("door-photo", args=[group.slug])).status_code == 404
