"""Addresses that open a date in calendars on the web, ready to be saved there."""

from urllib.parse import urlencode

from kawka.models import Meeting


def google_link(meeting: Meeting) -> str:
    """An address that opens this date in Google's calendar. `meeting.group` must be loaded."""
    times = "/".join(moment.strftime("%Y%m%dT%H%M%SZ") for moment in (meeting.starts_at, meeting.ends_at))
    query = {"action": "TEMPLATE", "text": meeting.group.name, "dates": times, "location": place_of(meeting)}
    return "https://calendar.google.com/calendar/render?" + urlencode(query)


def outlook_link(meeting: Meeting) -> str:
    """The same in Outlook's."""
    starts, ends = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (meeting.starts_at, meeting.ends_at))
    query = {"rru": "addevent", "subject": meeting.group.name, "startdt": starts, "enddt": ends}
    query |= {"location": place_of(meeting)}
    return "https://outlook.live.com/calendar/0/action/compose?" + urlencode(query)


def place_of(meeting: Meeting) -> str:
    """Where it is, in one line."""
    return ", ".join(filter(None, [meeting.where, meeting.where_address, meeting.group.town]))
