"""Everything kept about the people one account is, private things included, for that account alone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from kawka.actions.not_with_me import kept_apart
from kawka.models import (
    Account,
    Answer,
    Attendance,
    Hand,
    Note,
    Person,
    PlusOne,
    RoleWish,
    TalkSeat,
    Turn,
)


def my_data(account: Account) -> dict[str, Any]:
    """All data of the account as it goes into a file: its persons, and what each said, wrote and did."""
    people = Person.objects.filter(account=account).select_related("community", "card", "pitch")
    return {
        "e-mail": account.email,
        "language": account.language,
        "joined_at": account.joined_at,
        "devices_told_since": [one.created_at for one in account.push_subscriptions.order_by("created_at")],
        "persons": [person_data(person) for person in people],
    }


def person_data(person: Person) -> dict[str, Any]:
    """One person in one community."""
    answers = Answer.objects.filter(person=person).select_related("meeting")
    attendances = Attendance.objects.filter(person=person).select_related("meeting")
    pitch = getattr(person, "pitch", None)
    return {
        "community": person.community.name,
        **picked(person, "name greeting email town language created_at"),
        "card": picked(person.card, "trade does client experience phone website seen_by updated_at"),
        "offers": [picked(offer, "kind text") for offer in person.offers.all()],
        "asks": [picked(ask, "kind text created_at closed_at outcome") for ask in person.asks.all()],
        "pitch": pitch.text if pitch else "",
        "earlier_pitches": [picked(one, "text written_at") for one in pitch.versions.all()] if pitch else [],
        "notes": notes_of(person),
        "seat_wishes": [
            {"date": one.meeting.local_date, "with": one.other.name}
            for one in person.seat_wishes.select_related("meeting", "other")
        ],
        "not_with_me": [one.name for one in kept_apart(person)],
        "memberships": [
            {
                "group": place.group.name,
                **picked(place, "standing joined_at wants_mail"),
                "all_dates": place.standing_answer.choice if hasattr(place, "standing_answer") else "",
            }
            for place in person.memberships.select_related("group", "standing_answer")
        ],
        "away_until": person.away_until,
        "answers": dated(answers, "choice answered_at is_standing waiting_since"),
        "companions": companions_of(person),
        "attendances": dated(attendances, "state wish arrived_at left_at"),
        "turns": dated(Turn.objects.filter(person=person).select_related("meeting"), "state accepted_at"),
        "role_wishes": [
            {"role": one.role.name, "wish": one.wish}
            for one in RoleWish.objects.filter(membership__person=person).select_related("role")
        ],
        "tasks": [picked(task, "text due_on created_at done_at") for task in person.tasks.all()],
        "presentations_proposed": [
            picked(one, "kind title about minutes created_at withdrawn_at")
            for one in person.spotlight_proposals.all()
        ],
        "hands": hands_of(person),
        "talks": talks_of(person),
    }


def picked(row: Model, names: str) -> dict[str, Any]:
    """These fields of a row."""
    return {name: getattr(row, name) for name in names.split()}


def dated(rows: Iterable[Any], names: str) -> list[dict[str, Any]]:
    """These fields of rows that belong to meetings, each with its date."""
    return [{"date": row.meeting.local_date, **picked(row, names)} for row in rows]


def companions_of(person: Person) -> list[dict[str, Any]]:
    """Whom the person brings or brought along."""
    brought = PlusOne.objects.filter(answer__person=person).select_related("answer__meeting")
    return [{"date": one.answer.meeting.local_date, "name": one.name} for one in brought]


def notes_of(person: Person) -> list[dict[str, Any]]:
    """What the person noted about others."""
    notes = Note.objects.filter(owner=person).select_related("about")
    return [{"about": note.about.name, **picked(note, "text updated_at")} for note in notes]


def hands_of(person: Person) -> list[dict[str, Any]]:
    """Hands the person raised, and those raised for them, which they alone may see."""
    raised = Hand.objects.filter(person=person) | Hand.objects.filter(asker=person)
    return [
        {"by": hand.person.name, "for": hand.asker.name, **picked(hand, "kind raised_at")}
        for hand in raised.select_related("person", "asker").order_by("raised_at")
    ]


def talks_of(person: Person) -> list[dict[str, Any]]:
    """Whom the person was to talk with and what they said of it."""
    seats = TalkSeat.objects.filter(person=person).select_related("talk__meeting")
    return [
        {
            "date": seat.talk.meeting.local_date,
            "with": [other.person.name for other in seat.talk.seats.all() if other.pk != seat.pk],
            **picked(seat, "happened again"),
        }
        for seat in seats.prefetch_related("talk__seats__person")
    ]
