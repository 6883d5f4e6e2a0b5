from urllib.parse import parse_qs, urlsplit

from kawka.calendars.web_links import google_link, outlook_link
from tests.factories import make_meeting


def asked(link: str) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(link).query).items()}


def test_calendars_on_the_web_are_told_what_when_and_where(group):
    meeting = make_meeting(group, place_name="Kawiarnia Żółw", place_address="Rynek 1")
    where = f"Kawiarnia Żółw, Rynek 1, {group.town}"

    google, outlook = google_link(meeting), outlook_link(meeting)

    assert urlsplit(google).hostname == "calendar.google.com"
    assert asked(google) == {
        "action": "TEMPLATE",
        "text": group.name,
        "dates": "20261014T063000Z/20261014T080000Z",
        "location": where,
    }
    assert urlsplit(outlook).hostname == "outlook.live.com"
    assert asked(outlook) == {
        "rru": "addevent",
        "subject": group.name,
        "startdt": "2026-10-14T06:30:00Z",
        "enddt": "2026-10-14T08:00:00Z",
        "location": where,
    }
