"""Mail about dates: called off, moved."""

from collections.abc import Sequence
from datetime import datetime

from kawka.mail.addresses import address_of, link_address
from kawka.mail.messages import language_of, rendered, to_address, to_person
from kawka.mail.outbox import Attachment, write
from kawka.models import Group, Meeting, OutgoingMail, Person, PersonalLink, Voter


def called_off(
    meeting: Meeting,
    person: Person,
    *,
    link: PersonalLink,
    later: Sequence[Meeting],
    file: Attachment,
    guests: Sequence[str] = (),
    now: datetime,
) -> OutgoingMail | None:
    """A date does not take place: why, and the next dates as buttons; calendars take it out by the file.

    `guests`: whom this person invited for it and only they can reach.
    """
    page = link_address(link)
    shown = {
        "meeting": meeting,
        "person": person,
        "later": [(date, f"{page}#answer-{date.code}") for date in later],
        "guests": guests,
        "link": page,
    }
    return write(
        key=f"called-off:{meeting.code}:{meeting.calendar_sequence}:{person.code}",
        kind="called_off",
        meeting=meeting,
        attachments=[file],
        now=now,
        **to_person(person, meeting.group),
        **rendered("called_off", language_of(person, meeting.group), shown),
    )


def taken_back(
    meeting: Meeting,
    person: Person,
    *,
    choice: str,
    guests: Sequence[str],
    link: PersonalLink,
    files: Sequence[Attachment],
    now: datetime,
) -> OutgoingMail | None:
    """A date that was called off takes place after all; `choice` is what its reader had said about it."""
    shown = {
        "meeting": meeting,
        "person": person,
        "choice": choice,
        "guests": guests,
        "link": link_address(link),
    }
    return write(
        key=f"taken-back:{meeting.code}:{meeting.calendar_sequence}:{person.code}",
        kind="taken_back",
        meeting=meeting,
        attachments=files,
        now=now,
        **to_person(person, meeting.group),
        **rendered("taken_back", language_of(person, meeting.group), shown),
    )


def moved(
    group: Group,
    person: Person,
    *,
    moves: Sequence[tuple[Meeting, datetime, dict[str, str]]],
    link: PersonalLink,
    files: Sequence[Attachment],
    now: datetime,
) -> OutgoingMail | None:
    """Dates of one person that have moved: each with the start it had and what else was known of it."""
    first = moves[0][0]
    shown = {"group": group, "person": person, "moves": moves, "meeting": first, "link": link_address(link)}
    return write(
        key=f"moved:{first.code}:{first.calendar_sequence}:{person.code}",
        kind="moved",
        meeting=first,
        attachments=files,
        now=now,
        **to_person(person, group),
        **rendered("moved", language_of(person, group), shown),
    )


def left_out(
    group: Group,
    person: Person,
    *,
    dates: Sequence[Meeting],
    reason: str,
    later: Sequence[Meeting],
    link: PersonalLink,
    now: datetime,
) -> OutgoingMail | None:
    """Dates somebody comes to as always are left out: which, why, and the next ones."""
    page = link_address(link)
    shown = {
        "group": group,
        "person": person,
        "dates": dates,
        "reason": reason,
        "later": [(date, f"{page}#answer-{date.code}") for date in later],
        "link": page,
    }
    return write(
        key=f"left-out:{dates[0].code}:{person.code}",
        kind="left_out",
        now=now,
        **to_person(person, group),
        **rendered("left_out", language_of(person, group), shown),
    )


def holiday_key(meeting: Meeting, person: Person) -> str:
    """One question to a host about one date; another one after it was moved to another day."""
    return f"holiday:{meeting.code}:{meeting.local_date}:{person.code}"


def holiday_ahead(
    meeting: Meeting, person: Person, *, holiday: str, is_bridge: bool = False, now: datetime
) -> OutgoingMail | None:
    """A date falls on a public holiday, or into the long weekend it makes: does it take place?"""
    shown = {
        "meeting": meeting,
        "person": person,
        "holiday": holiday,
        "is_bridge": is_bridge,
        "link": address_of("group-host", slug=meeting.group.slug) + f"#holiday-{meeting.code}",
    }
    return write(
        key=holiday_key(meeting, person),
        kind="holiday_ahead",
        now=now,
        **to_person(person, meeting.group),
        **rendered("holiday_ahead", language_of(person, meeting.group), shown),
    )


def date_wanted(
    group: Group, person: Person, *, since: str, moments: Sequence[datetime], now: datetime
) -> OutgoingMail | None:
    """There has been no date for three weeks: some moments to propose, for a host."""
    zone = group.zone
    shown = {
        "group": group,
        "person": person,
        "moments": [moment.astimezone(zone) for moment in moments],
        "link": address_of("poll-ask", slug=group.slug),
        "add": address_of("group-date-add", slug=group.slug),
    }
    return write(
        key=f"date-wanted:{group.code}:{since}:{person.code}",
        kind="date_wanted",
        now=now,
        **to_person(person, group),
        **rendered("date_wanted", language_of(person, group), shown),
    )


def poll_decided(
    voter: Voter, meeting: Meeting, *, link: PersonalLink | None, now: datetime
) -> OutgoingMail | None:
    """The poll has a date: to a person, or to the address somebody typed to be told."""
    group = meeting.group
    page = link_address(link) if link else address_of("group", slug=group.slug)
    to = to_person(voter.person, group) if voter.person else to_address(voter.email, group)
    language = language_of(voter.person, group) if voter.person else group.language
    shown = {"meeting": meeting, "person": voter.person, "link": page}
    return write(
        key=f"poll-decided:{meeting.code}:{voter.pk}",
        kind="poll_decided",
        now=now,
        **to,
        **rendered("poll_decided", language, shown),
    )
