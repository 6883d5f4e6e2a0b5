"""Mail on the way to membership, each in the language of its reader and with one button."""

import pytest

from kawka.actions import memberships
from kawka.models import Card, Group, Membership, OutgoingMail, Person, SeatQuestion, Standing
from tests.factories import NOON
from tests.mail.test_messages import check


@pytest.fixture
def letters(group, ada, ben, cleo) -> dict[str, OutgoingMail]:
    """Every mail of the way, by its kind; Ada reads Polish, everybody else English."""
    Person.objects.exclude(pk=ada.pk).update(language="en")
    return walked(group, ada, ben, cleo)


def walked(group, ada, ben, cleo) -> dict[str, OutgoingMail]:
    """Cleo asks, is told not now, is invited and says yes; asks again and is welcomed."""
    Group.objects.filter(pk=group.pk).update(joining="applying", has_one_seat_per_trade=True)
    Card.objects.filter(person__in=[ben, cleo]).update(trade="księgowość")
    Membership.objects.filter(person=cleo).update(standing=Standing.REGULAR)

    def place() -> Membership:
        return Membership.objects.select_related("person__card", "group").get(person=cleo)

    memberships.apply(membership=place(), now=NOON)
    memberships.answer_seat_question(question=SeatQuestion.objects.get(), answer="talk", by=ben, now=NOON)
    memberships.say_not_now(membership=place(), words="Od stycznia?\nZ radością.", by=ada, now=NOON)
    memberships.invite(membership=place(), by=ada, now=NOON)
    memberships.accept(membership=place(), now=NOON)
    Membership.objects.filter(person=cleo).update(standing=Standing.REGULAR)
    memberships.apply(membership=place(), now=NOON)
    memberships.welcome(membership=place(), by=ada, now=NOON)
    return {mail.kind: mail for mail in OutgoingMail.objects.all()}


def test_every_letter_goes_to_its_reader_with_one_button(letters, ada, ben, cleo):
    assert {kind: mail.to for kind, mail in letters.items()} == {
        "membership_asked": ada.email,
        "seat_question": ben.email,
        "seat_question_answered": ada.email,
        "membership_not_now": cleo.email,
        "membership_offered": cleo.email,
        "membership_accepted": ada.email,
        "membership_welcomed": cleo.email,
    }
    assert {mail.html.count("border-radius:10px") for mail in letters.values()} == {1}


def test_the_host_is_written_to_in_polish_and_the_guest_in_english(letters):
    assert letters["membership_asked"].subject == "Cleo Gość chce dołączyć na stałe"
    assert letters["membership_offered"].subject == "Would you like to become a member? Śniadanie biznesowe"
    assert letters["seat_question"].text.splitlines()[2].startswith("Cleo Gość (księgowość) may become")


def test_the_words_of_a_host_come_as_they_were_typed(letters):
    assert "Od stycznia?\nZ radością.\n– Ada Gospodarz" in letters["membership_not_now"].text
    assert "Od stycznia?<br>Z radością." in letters["membership_not_now"].html


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_letter_word_for_word(language, group, ada, ben, cleo):
    Person.objects.update(language=language)

    for kind, mail in walked(group, ada, ben, cleo).items():
        check(kind, language, mail)
