"""The host's week in sentences: each with at most one thing to press."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawka.actions.week import Week
from kawka.models import Group, Meeting, Person

NAMES_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what helps with it: a page to open, or with `is_post` a button that acts at once."""

    text: str
    more: str = ""
    url: str = ""
    action: str = ""
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What Kawka will do, when by the clock of the group's town, and the page where it is seen if any."""

    at: datetime
    text: str
    url: str = ""


def names(people: list[Person]) -> str:
    """The first few names, and how many more there are."""
    told = ", ".join(person.name for person in people[:NAMES_AT_MOST])
    rest = len(people) - NAMES_AT_MOST
    if rest <= 0:
        return told
    return ngettext("%(names)s and %(rest)d more", "%(names)s and %(rest)d more", rest) % {
        "names": told,
        "rest": rest,
    }


def todo(week: Week, group: Group) -> list[Line]:
    """What waits for the host, the most pressing first; empty when all is well."""
    return [*left_over(week), *for_the_date(week, group), *around_the_group(week, group)]


def left_over(week: Week) -> Iterator[Line]:
    """What the last meeting still needs."""
    for meeting in week.unclosed:
        day = meeting.local_date
        yield Line(
            _("Is the meeting of %(day)s over?") % {"day": f"{day:%d.%m}"},
            _("Closing it writes the recaps."),
            reverse("meeting-plan", args=[meeting.code]),
            _("Close it"),
        )


def for_the_date(week: Week, group: Group) -> Iterator[Line]:
    """What the next date needs."""
    if week.meeting is None:
        yield Line(
            _("No date in the next two weeks."),
            _("Who knows the next date comes back."),
            reverse("group-date-add", args=[group.slug]),
            _("Add a date"),
        )
        return
    if week.is_place_unreached:
        yield place_unreached(group)
    if week.is_quiet:
        yield from rescue(week, week.meeting)
    plan = reverse("meeting-plan", args=[week.meeting.code])
    if week.open_turns:
        roles = reverse("group-roles", args=[group.slug])
        yield open_roles([turn.role.name for turn in week.open_turns], roles, week.nobody_leads)
    if week.has_spotlight_part and week.spotlight is None:
        more = _("Without a presentation there is more time to talk.")
        yield Line(_("Nobody presents yet."), more, plan, _("Choose somebody"))


def place_unreached(group: Group) -> Line:
    """The number did not reach the place: its phone, or where to type what would help."""
    more = _("A call tells it how many are coming: %(phone)s.") % {"phone": group.venue_phone}
    if not group.venue_phone:
        more = _("A call or a visit tells it how many are coming.")
    page = reverse("group-settings", args=[group.slug])
    return Line(_("Mail to the place does not get through."), more, page, _("Correct the address"))


def open_roles(roles: list[str], page: str, nobody_leads: bool) -> Line:
    """Roles nobody has accepted for the next date."""
    more = _("Kawka asks for stand-ins by itself; you can also give a role to somebody.")
    if nobody_leads:
        more = _("Everybody who leads is away that day or has said no. Ask somebody who comes.")
    text = ngettext("One role is open: %(roles)s.", "Open roles: %(roles)s.", len(roles))
    return Line(text % {"roles": ", ".join(roles)}, more, page, _("See roles"))


def rescue(week: Week, meeting: Meeting) -> Iterator[Line]:
    """What helps when few are expected."""
    if week.outlook is not None and week.outlook.usual:
        text = _("It looks like a small round. These usually come and have not answered: %(names)s.")
        more = _("A word from you works best; Kawka can also ask.")
        url = reverse("meeting-ask-usual", args=[meeting.code])
        yield Line(text % {"names": names(week.outlook.usual)}, more, url, _("Ask them"), is_post=True)
    if week.owing:
        text = _("Their guests have a pass and no date yet: %(names)s.")
        inviters = names(unique([invitation.inviter for invitation in week.owing]))
        yield Line(text % {"names": inviters}, _("Perhaps this is the week."))
    yield from smaller_or_not(meeting)


def smaller_or_not(meeting: Meeting) -> Iterator[Line]:
    """The two ways out of a small round."""
    yield Line(
        _("Few people talk best at one table."),
        _("Only coffee this time: no round, no presentation, the same hour."),
        reverse("meeting-loose", args=[meeting.code]),
        _("Make it a coffee"),
        is_post=True,
    )
    yield Line(
        _("Better not this time?"),
        _("One press tells people, calendars and the public page."),
        reverse("meeting-date", args=[meeting.code]),
        _("Call off early"),
    )


def unique(people: list[Person]) -> list[Person]:
    """Each person once, in order."""
    return list(dict.fromkeys(people))


def around_the_group(week: Week, group: Group) -> Iterator[Line]:
    """What waits beside the next date."""
    for place in week.applicants:
        text = _("%(name)s would like to become a member.") % {"name": place.person.name}
        yield Line(text, "", reverse("people-place", args=[group.slug, place.person.code]), _("Answer"))
    if week.returned:
        text = _("Mail comes back from: %(names)s.") % {"names": names(list(week.returned))}
        people = reverse("people", args=[group.slug])
        yield Line(text, _("Ask for their address when you meet."), people, _("See people"))
    for task in week.tasks:
        yield Line(task.text, task.owner.name if task.owner else _("nobody has it yet"))
    if not group.venue_email:
        yield Line(
            _("The place does not know how many are coming."),
            _("With its e-mail Kawka tells it the number the afternoon before, without names."),
            reverse("group-settings", args=[group.slug]),
            _("Type the e-mail"),
        )


def decided(week: Week) -> list[str]:
    """What is settled for the next date."""
    if week.meeting is None or week.outlook is None:
        return []
    found = [f"{turn.role.name}: {turn.person}" for turn in week.turns if turn.person and turn.accepted_at]
    if week.meeting.is_loose:
        found.insert(0, _("only coffee this time"))
    if week.spotlight is not None:
        found.append(
            _("%(name)s presents: %(title)s")
            % {"name": week.spotlight.person.name, "title": week.spotlight.title}
        )
    if week.outlook.guests:
        found.append(_("guests: %(names)s") % {"names": names(week.outlook.guests)})
    return found


def will_do(week: Week, group: Group) -> list[Planned]:
    """What happens by itself, in order."""
    if week.meeting is None or week.outlook is None:
        return []
    silent, guests = len(week.outlook.silent), len(week.outlook.guests)
    told = {**fixed_steps(group), **counted_steps(silent, guests)}
    skipped = {name for name, empty in (("remind", not silent), ("thank", not guests)) if empty}
    code = week.meeting.code
    pages = {
        "freeze": reverse("meeting-paper", args=[code]),
        "promote": reverse("meeting-campaign", args=[code]),
    }
    return [
        Planned(at.astimezone(group.zone), told[name], pages.get(name, ""))
        for name, at in week.steps
        if name not in skipped
    ]


def fixed_steps(group: Group) -> dict[str, str]:
    """Steps told the same whoever comes."""
    number = _("tells the place the number and briefs those with roles")
    return {
        "prepare": number if group.venue_email else _("briefs those with roles"),
        "freeze": _("makes the list to print"),
        "wrap_up": _("closes the meeting and writes to you how it was"),
        "call": _("looks for people for open roles"),
        "promote": _("makes texts and pictures to post"),
    }


def counted_steps(silent: int, guests: int) -> dict[str, str]:
    """Steps told with the number of people they are for."""
    remind = ngettext(
        "asks %(count)d person who has not answered", "asks %(count)d people who have not answered", silent
    )
    thank = ngettext("thanks a guest", "thanks %(count)d guests", guests)
    return {"remind": remind % {"count": silent}, "thank": thank % {"count": guests}}
