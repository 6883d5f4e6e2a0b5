"""The roles a group begins with, each with a card that says how it is done, in the group's language."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from kawka.models import Role


@dataclass(frozen=True, slots=True)
class RoleCard:
    """What a role is called, how it is done, and how long before and after the meeting it takes."""

    kind: str
    name: str
    steps: str
    minutes_before: int
    minutes_after: int


def usual_cards(language: str) -> list[RoleCard]:
    """The five roles most meetings have, in words of this language."""
    with translation.override(language):
        return [host_card(), greeter_card(), timekeeper_card(), scribe_card(), spotlight_card()]


def host_card() -> RoleCard:
    """Who leads the meeting."""
    steps = (
        _("Be there before the others, say hello at the place and look at the table."),
        _("Open with one sentence: why we meet, and how the next hour and a half goes."),
        _("Lead from part to part; the remote on the phone says what comes next."),
        _("Thank whoever had a role today, by name."),
        _("Close on time with the next date, then close the day in Kawka."),
    )
    return RoleCard(Role.Kind.HOST, _("Host"), "\n".join(steps), 20, 15)


def greeter_card() -> RoleCard:
    """Who meets guests at the door."""
    steps = (
        _("Look at the cards of today’s guests the evening before."),
        _("Stand where the door can be seen; a smile and the guest’s name come first."),
        _("Show where coats, coffee and the seats are, and what may be skipped."),
        _("Introduce the guest to two people they have something to talk about with."),
        _("Ask at the end how it was, and say when the next date is."),
    )
    return RoleCard(Role.Kind.GREETER, _("Greeter"), "\n".join(steps), 15, 10)


def timekeeper_card() -> RoleCard:
    """Who keeps the round on time."""
    steps = (
        _("Ask the host how long everybody speaks today."),
        _("Sit where everybody can see you and the clock."),
        _("Ten seconds before the end raise a hand, at the end ring the bell, always kindly."),
        _("Tell the host when a part runs five minutes late."),
    )
    return RoleCard(Role.Kind.TIMEKEEPER, _("Timekeeper"), "\n".join(steps), 5, 0)


def scribe_card() -> RoleCard:
    """Who writes down what is worth keeping."""
    steps = (
        _("Tick off in Kawka who came; somebody unexpected needs only a name."),
        _("Listen for what people look for, and for every “I know someone”."),
        _("Write down what was agreed and who takes it on."),
        _("Hand it to the host before leaving."),
    )
    return RoleCard(Role.Kind.SCRIBE, _("Scribe"), "\n".join(steps), 5, 10)


def spotlight_card() -> RoleCard:
    """Who looks after the presentation."""
    steps = (
        _("Call whoever presents two days before: is everything there?"),
        _("Try the projector and the sound before the meeting."),
        _("Announce the person and the title in one sentence."),
        _("Keep the ten minutes, and two for questions."),
    )
    return RoleCard(Role.Kind.SPOTLIGHT, _("Host of the presentation"), "\n".join(steps), 10, 0)
