"""A meeting with 25 people in the room and one on the way; runs beside a server, on the server's data."""

import json
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kawka.access import tokens
from kawka.actions.opening import open_meeting
from kawka.actions.phones import claim
from kawka.actions.talks import tables
from kawka.models import Meeting, Standing
from tests.factories import (
    make_account,
    make_ask,
    make_attendance,
    make_community,
    make_group,
    make_meeting,
    make_member,
    make_offer,
    make_person,
)
from tests.journeys.sample_pages import session_of

WANTED = [
    ("Grafik", "Szukam księgowej do jednoosobowej działalności", "Projektuję logo i opakowania"),
    ("Księgowa", "Szukam kogoś, kto zrobi stronę internetową", "Prowadzę księgi małych firm"),
    ("Programistka", "Szukam fotografa na firmową sesję", "Robię strony i sklepy internetowe"),
    ("Fotograf", "Szukam kogoś, kto zaprojektuje logo", "Fotografuję ludzi i wnętrza"),
    ("Piekarz", "Szukam prawnika od najmu lokalu", "Piekę chleb na zakwasie"),
]


def make() -> None:
    """Prints {"meeting", "host", "late", "phones": {person: cookie}}; the first talk is on."""
    now = timezone.now()
    community = make_community()
    group = make_group(community, segments=[("talks", 24)])
    people = [in_the_group(group, number) for number in range(26)]
    host, late = people[0], people[-1]
    host.account = make_account("gospodarz@example.org")
    host.save(update_fields=["account"])
    group.memberships.filter(person=host).update(standing=Standing.HOST)
    meeting = make_meeting(group, starts_at=now - timedelta(minutes=1))
    for person in people[:-1]:
        make_attendance(meeting, person)
    open_meeting(meeting=meeting, by=host, now=now)
    seats = [claim(meeting=meeting, person=person, now=now) for person in people[:-1]]
    browser = Client()
    browser.force_login(host.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    made = {"meeting": meeting.code, "host": session_of(browser), "late": late.code}
    print(json.dumps({**made, "phones": {seat.person.code: tokens.phone_token(seat) for seat in seats}}))


def in_the_group(group, number):
    """One member with a card that gives reasons to talk."""
    trade, ask, offer = WANTED[number % len(WANTED)]
    person = make_person(group.community, f"Osoba {number:02}", card={"trade": trade})
    make_member(group, person)
    make_ask(person, ask)
    make_offer(person, offer)
    return person


def seated(code: str, number: int) -> None:
    """Prints {person: "Stolik 3: Osoba 04"}: where everybody sits in one round, and with whom."""
    at = [table for table in tables(Meeting.objects.get(code=code)) if table.round == number]
    print(
        json.dumps(
            {
                one: f"Stolik {table.number}: {' + '.join(p.name for p in table.people if p.code != one)}"
                for table in at
                for one in table.codes
            }
        )
    )
