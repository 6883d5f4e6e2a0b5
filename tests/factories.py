"""Plain functions that make rows; every argument can be overridden."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kawka.models import (
    Account,
    Answer,
    Ask,
    Attendance,
    Card,
    Community,
    Group,
    Invitation,
    Meeting,
    Membership,
    Offer,
    OutgoingMail,
    Person,
    PersonalLink,
    Role,
    Segment,
    Series,
    Standing,
    Turn,
)

NOON = datetime(2026, 10, 12, 10, 0, tzinfo=UTC)  # a Monday, noon in Warsaw
WEDNESDAY = datetime(2026, 10, 14, 6, 30, tzinfo=UTC)  # 8:30 in Warsaw
count = itertools.count(1)
BREAKFAST = [("coffee", 20), ("round", 25), ("talks", 24), ("spotlight", 10), ("notices", 5)]


def make_community(**fields: Any) -> Community:
    return Community.objects.create(**{"name": "Kawa i ludzie", **fields})


def make_account(email: str, **fields: Any) -> Account:
    account = Account.objects.create_user(email, **fields)
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    return account


def make_person(
    community: Community, name: str = "", *, card: dict[str, Any] | None = None, **fields: Any
) -> Person:
    number = next(count)
    person = Person.objects.create(
        community=community,
        **{"name": name or f"Osoba {number}", "email": f"osoba{number}@example.org", **fields},
    )
    Card.objects.create(person=person, **{"trade": f"zawód {number}", **(card or {})})
    return person


def make_group(
    community: Community, *, segments: list[tuple[str, int]] | None = None, **fields: Any
) -> Group:
    number = next(count)
    group = Group.objects.create(
        community=community,
        **{
            "slug": f"sniadanie-{number}",
            "name": "Śniadanie biznesowe",
            "town": "Olsztyn",
            "purpose": Group.Purpose.BOTH,
            "type": Group.Type.GENERAL,
            "place_name": "Kawiarnia Pod Kawką",
            "place_address": "Rynek 1",
            **fields,
        },
    )
    for position, (kind, minutes) in enumerate(BREAKFAST if segments is None else segments):
        Segment.objects.create(group=group, position=position, kind=kind, minutes=minutes)
    return group


def make_member(group: Group, person: Person, standing: str = Standing.MEMBER) -> Membership:
    return Membership.objects.create(group=group, person=person, standing=standing)


def make_series(group: Group, **fields: Any) -> Series:
    return Series.objects.create(
        group=group,
        **{"kind": "weekly", "weekday": 2, "starts_at": "08:30", "starts_on": date(2026, 10, 14), **fields},
    )


def make_meeting(
    group: Group, *, starts_at: datetime = WEDNESDAY, minutes: int = 90, **fields: Any
) -> Meeting:
    return Meeting.objects.create(
        group=group,
        **{
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=minutes),
            "local_date": starts_at.astimezone(group.zone).date(),
            **fields,
        },
    )


def make_answer(meeting: Meeting, person: Person, choice: str = "coming") -> Answer:
    return Answer.objects.create(
        meeting=meeting,
        person=person,
        choice=choice,
        answered_by=person,
        answered_at=NOON,
        waiting_since=NOON if choice == "waiting" else None,
    )


def make_attendance(meeting: Meeting, person: Person, **fields: Any) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting, person=person, **{"arrived_at": meeting.starts_at, **fields}
    )


def make_role(group: Group, kind: str = "scribe", **fields: Any) -> Role:
    return Role.objects.create(group=group, kind=kind, **{"name": f"Rola {next(count)}", **fields})


def make_turn(meeting: Meeting, role: Role, person: Person | None = None, **fields: Any) -> Turn:
    state = "proposed" if person else "open"
    return Turn.objects.create(
        meeting=meeting, role=role, person=person, **{"state": state, "proposed_at": NOON, **fields}
    )


def make_offer(person: Person, text: str = "Rozliczę PIT", **fields: Any) -> Offer:
    return Offer.objects.create(person=person, text=text, **fields)


def make_ask(person: Person, text: str = "Szukam dobrego weterynarza", **fields: Any) -> Ask:
    return Ask.objects.create(person=person, text=text, **fields)


def make_link(
    person: Person, group: Group, scope: str, meeting: Meeting | None = None, **fields: Any
) -> PersonalLink:
    return PersonalLink.objects.create(
        person=person,
        group=group,
        scope=scope,
        meeting=meeting,
        **{"expires_at": NOON + timedelta(days=365 * 20), **fields},
    )


def make_invitation(inviter: Person, meeting: Meeting | None = None, **fields: Any) -> Invitation:
    return Invitation.objects.create(
        inviter=inviter,
        meeting=meeting,
        **{
            "group": meeting.group if meeting else None,
            "way": Invitation.Way.LINK,
            "name": "Ewa",
            "created_at": NOON,
            "expires_at": NOON + timedelta(days=180),
            **fields,
        },
    )


def make_mail(**fields: Any) -> OutgoingMail:
    number = next(count)
    return OutgoingMail.objects.create(
        **{
            "key": f"mail:{number}",
            "kind": "recap",
            "to": "osoba@example.org",
            "subject": "Podsumowanie",
            "text": "Dzień dobry",
            "html": "<!doctype html><html lang=pl><head></head><body>Dzień dobry</body></html>",
            "created_at": NOON,
            "due_at": NOON,
            **fields,
        }
    )
