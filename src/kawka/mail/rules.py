"""Which mail goes to whom and when: one row for every kind of mail, and nothing is written without one."""

from collections.abc import Mapping
from dataclasses import dataclass

from kawka.models.membership import ASKS, DATES, NEWS, ROLES, WEEKLY

ALWAYS = "always"


class UnknownKind(LookupError):
    """A mail of a kind that has no row in RULES."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"there is no rule for mail of the kind {kind!r}; add it to RULES in mail/rules.py")


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one kind of mail.

    `switch`: by which of MAIL_SWITCHES a person stops it for one group; `always`: it cannot be stopped.
    `urgent`: goes at night, at weekends and beside other mail of the day. `asked_for`: its reader has just
    done something to get it, so it goes at once too. `to_unproven`: may go to an address somebody else may
    have typed in. `before`: of no use once the meeting it is about has begun.
    """

    switch: str
    urgent: bool = False
    asked_for: bool = False
    to_unproven: bool = False
    before: bool = False

    @property
    def is_immediate(self) -> bool:
        """Whether it waits for nothing."""
        return self.urgent or self.asked_for


RULES: Mapping[str, Rule] = {
    # what somebody has just asked for
    "sign_in_code": Rule(ALWAYS, asked_for=True, to_unproven=True),
    "sign_in_unknown": Rule(ALWAYS, asked_for=True, to_unproven=True),
    "answer_confirmed": Rule(ALWAYS, asked_for=True, to_unproven=True),
    "invitation": Rule(ALWAYS, asked_for=True),
    "weekly_ask": Rule(WEEKLY, asked_for=True, before=True),
    # dates
    "called_off": Rule(ALWAYS, urgent=True, to_unproven=True),
    "taken_back": Rule(ALWAYS, urgent=True, to_unproven=True, before=True),
    "left_out": Rule(ALWAYS),
    "moved": Rule(ALWAYS, before=True),
    "date_wanted": Rule(DATES),
    "poll_decided": Rule(DATES),
    "holiday_ahead": Rule(DATES),
    "reminder": Rule(DATES, before=True),
    "reminder_small_round": Rule(DATES, before=True),
    "week_ahead": Rule(DATES, before=True),
    "campaign_ready": Rule(DATES, before=True),
    "headcount": Rule(ALWAYS, before=True),
    "tomorrow": Rule(ASKS, before=True),
    # seats
    "seat_offered": Rule(ALWAYS, urgent=True, before=True),
    "list_moved": Rule(ALWAYS, urgent=True),
    # guests and members
    "guest_question": Rule(DATES, before=True),
    "guest_chose": Rule(DATES),
    "asked_again": Rule(DATES),
    "first_thanks": Rule(NEWS),
    "soon_forgotten": Rule(ALWAYS),
    "membership_asked": Rule(ALWAYS),
    "membership_accepted": Rule(ALWAYS),
    "membership_offered": Rule(ALWAYS),
    "membership_welcomed": Rule(ALWAYS),
    "membership_not_now": Rule(ALWAYS),
    "seat_question": Rule(ALWAYS),
    "seat_question_answered": Rule(ALWAYS),
    # roles
    "turns_proposed": Rule(ROLES),
    "turn_call": Rule(ROLES, urgent=True, before=True),
    "turn_taken": Rule(ROLES, urgent=True, before=True),
    "turns_fell": Rule(ALWAYS, urgent=True, before=True),
    "turns_left": Rule(ALWAYS, urgent=True, before=True),
    "role_brief": Rule(ROLES, before=True),
    "guest_to_greet": Rule(ROLES, before=True),
    "spotlight_booked": Rule(ROLES),
    "spotlight_reminder": Rule(ROLES, before=True),
    "owner_ask": Rule(ALWAYS),
    # what people look for
    "ask_hand": Rule(ASKS),
    "ask_thanks": Rule(ASKS),
    # what meetings leave behind
    "recap": Rule(NEWS),
    "wrap_up": Rule(NEWS),
}

IMMEDIATE = frozenset(kind for kind, rule in RULES.items() if rule.is_immediate)


def rule_of(kind: str) -> Rule:
    """The rule for this kind of mail. Raises UnknownKind."""
    try:
        return RULES[kind]
    except KeyError:
        raise UnknownKind(kind) from None
