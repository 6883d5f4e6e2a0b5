"""Cards change as they were typed, and what hangs on them with it."""

import pytest

from kawka.actions.cards import (
    EmailIsProven,
    EmailIsTaken,
    Line,
    SeenCard,
    close_ask,
    last_met,
    save_card,
)
from kawka.models import Ask, Group, PersonalLink
from tests.factories import NOON, make_ask, make_attendance, make_link, make_meeting, make_offer, make_person


def test_texts_offers_and_asks_become_what_was_typed(community, ada):
    person = make_person(community, "Ola", card={"client": "firmy"})
    kept, gone = make_offer(person, "Logo"), make_offer(person, "Ulotki")
    ask, withdrawn = make_ask(person, "drukarni"), make_ask(person, "lokalu")

    save_card(
        person=person,
        fields={"name": " Ola  Kos ", "town": "Barczewo", "does": "Projektuję\nznaki "},
        offers=[Line("Plakat", "private"), Line("Logo i księga", "work", kept.code)],
        asks=[Line("drukarni offsetowej", "work", ask.code)],
        seen_by={"phone": "meetings"},
        by=ada,
        now=NOON,
    )

    person.refresh_from_db()
    assert (person.name, person.town, person.card.does) == ("Ola Kos", "Barczewo", "Projektuję\nznaki")
    assert (person.card.client, person.card.seen_by["phone"], person.card.updated_at) == (
        "firmy",
        "meetings",
        NOON,
    )
    assert [(offer.text, offer.kind) for offer in person.offers.all()] == [
        ("Plakat", "private"),
        ("Logo i księga", "work"),
    ]
    assert not person.offers.filter(pk=gone.pk).exists()
    assert [one.text for one in person.asks.open()] == ["drukarni offsetowej"]
    withdrawn.refresh_from_db()
    assert (withdrawn.outcome, withdrawn.closed_at) == ("withdrawn", NOON)


def test_a_row_of_somebody_else_is_not_taken_over(community, ada):
    other = make_offer(make_person(community), "Cudza")
    person = make_person(community)

    save_card(person=person, fields={}, offers=[Line("Moja", "work", other.code)], by=ada, now=NOON)

    other.refresh_from_db()
    assert (other.text, person.offers.get().text) == ("Cudza", "Moja")


def test_another_address_is_not_proven_and_old_links_end(community, group, ada):
    person = make_person(community, email="stary@x.pl", email_proven_at=NOON)
    link = make_link(person, group, PersonalLink.Scope.ANSWER)

    save_card(person=person, fields={"email": " Nowy@X.pl"}, by=ada, now=NOON)

    person.refresh_from_db()
    link.refresh_from_db()
    assert (person.email, person.email_proven_at, link.revoked_at) == ("nowy@x.pl", None, NOON)


def test_the_same_address_in_other_letters_changes_nothing(community, group, ada):
    person = make_person(community, email="Ola@x.pl", email_proven_at=NOON)

    save_card(person=person, fields={"email": "ola@X.pl"}, by=ada, now=NOON)

    person.refresh_from_db()
    assert (person.email, person.email_proven_at) == ("Ola@x.pl", NOON)


def test_an_address_somebody_has_is_refused_and_nothing_changes(community, ada):
    make_person(community, email="zajety@x.pl")
    person = make_person(community, "Ola", email="ola@x.pl")

    with pytest.raises(EmailIsTaken):
        save_card(person=person, fields={"name": "Inna", "email": "ZAJETY@x.pl"}, by=ada, now=NOON)

    person.refresh_from_db()
    assert (person.name, person.email) == ("Ola", "ola@x.pl")


def test_the_address_of_an_account_is_not_changed_on_the_card(ada, ben):
    with pytest.raises(EmailIsProven):
        save_card(person=ben, fields={"email": "inny@x.pl"}, by=ada, now=NOON)


def test_the_public_page_is_rendered_anew_when_a_host_changes(group, ada, ben):
    before = Group.objects.get().page_version
    save_card(person=ben, fields={"town": "Ełk"}, by=ben, now=NOON)
    unchanged = Group.objects.get().page_version
    save_card(person=ada, fields={"name": "Ada Nowa"}, by=ada, now=NOON)

    assert (unchanged, Group.objects.get().page_version) == (before, before + 1)


def test_an_ask_is_closed_once_and_opened_again(community, ada):
    ask = make_ask(make_person(community))

    close_ask(ask=ask, outcome="helped", by=ada, now=NOON)
    close_ask(ask=ask, outcome="withdrawn", by=ada, now=NOON)
    outcome = Ask.objects.get(pk=ask.pk).outcome
    close_ask(ask=ask, outcome="", by=ada, now=NOON)

    ask.refresh_from_db()
    assert (outcome, ask.outcome, ask.closed_at) == ("helped", "", None)


def test_what_may_not_be_seen_is_empty(community):
    person = make_person(
        community, card={"trade": "grafika", "does": "x", "phone": "+48 501-2", "website": "https://a.b"}
    )
    make_offer(person)
    make_ask(person)
    closed = make_ask(person, "stare")
    close_ask(ask=closed, outcome="helped", by=None, now=NOON)

    nothing = SeenCard(person, frozenset())
    some = SeenCard(person, frozenset({"phone", "asks"}))

    assert (nothing.trade, nothing.does, nothing.phone, nothing.email, nothing.website) == (
        "grafika",
        "",
        "",
        "",
        "",
    )
    assert (nothing.offers, nothing.asks, nothing.is_bare) == ([], [], True)
    assert (some.dialled, [ask.text for ask in some.asks]) == ("+485012", ["Szukam dobrego weterynarza"])


def test_the_last_meeting_both_came_to(group, ada, ben, cleo):
    first, second = make_meeting(group, starts_at=NOON.replace(day=7)), make_meeting(group)
    for meeting, people in ((first, (ada, ben)), (second, (ada, cleo))):
        for person in people:
            make_attendance(meeting, person)

    assert last_met(ada, ben) == first
    assert last_met(ben, cleo) is None
    assert last_met(ada, ada) is None
