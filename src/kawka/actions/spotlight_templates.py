"""What helps to prepare a presentation: headings for five minutes and for ten."""

from django.utils.translation import gettext as _


def headings(minutes: int) -> list[tuple[str, str]]:
    """Each part with how long it takes, in words of the page's or mail's language."""
    if minutes <= 5:
        return [
            ("0:30", _("Who I am and what this is about, in one sentence")),
            ("1:00", _("A situation everybody here knows")),
            ("2:00", _("One story: what was done, what came of it")),
            ("0:30", _("Whom I would like to meet, precisely")),
            ("1:00", _("A question from the room")),
        ]
    return [
        ("0:30", _("Who I am and what this is about, in one sentence")),
        ("1:30", _("A situation everybody here knows")),
        ("3:00", _("One story: what was done, what came of it")),
        ("1:30", _("What went differently than planned, and what I know now")),
        ("0:30", _("Whom I would like to meet, precisely")),
        ("3:00", _("Questions from the room")),
    ]
