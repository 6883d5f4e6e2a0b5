"""Who gets which answer at every address: one entry for each URL name.

An entry is `name: Entry(expected, make)`; `expected` maps each of ROLES to the status a GET (or a POST
without data, where only POST is taken) is answered with; `make(world)` returns the arguments of the address.
302 stands for "sign in first" or "done, go there".
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from kawka.actions.accounts import TOKENS
from kawka.models import (
    Ask,
    CalendarFeed,
    DatePoll,
    Invitation,
    JobRun,
    Meeting,
    Membership,
    PeopleImport,
    PersonalLink,
    Pitch,
    SpotlightProposal,
    Task,
    Voter,
)
from kawka.models.codes import new_code
from tests.factories import NOON, make_account, make_link, make_mail, make_role, make_series, make_turn
from tests.web.matrix_parts import (
    ROLES,
    Entry,
    World,
    everybody,
    hosts_only,
    insiders,
    of_group,
    of_meeting,
    signed_in,
)

__all__ = ["MATRIX", "ROLES", "Entry", "World"]


def with_link(scope: str) -> Callable[[World], dict[str, Any]]:
    """The token of Ben's personal link; whoever holds it is Ben, so all roles get the same."""

    def token_of(world: World) -> dict[str, Any]:
        about = {"person": world.ben, "group": world.group, "scope": scope, "meeting": world.meeting}
        link = PersonalLink.objects.filter(**about).first() or make_link(**about)
        return {"token": link.token}

    return token_of


def with_feed(world: World) -> dict[str, Any]:
    """The secret address of Ben's calendar; whoever holds it reads it."""
    feed, _made = CalendarFeed.objects.get_or_create(person=world.ben, defaults={"created_at": NOON})
    return {"token": feed.token}


PUBLIC = {
    "group": Entry(everybody(200), of_group),
    "group-calendar": Entry(everybody(200), of_group),
    "community-calendar": Entry(everybody(200), lambda world: {"code": world.group.community.code}),
    "my-calendar": Entry(everybody(200), with_feed),
    "my-calendar-new": Entry(
        {"anonymous": 302, "dan": 404, **dict.fromkeys(("cleo", "ada", "olga", "root"), 403), "ben": 302},
        lambda world: {"code": world.ben.code},
        "post",
    ),
    "meeting": Entry(everybody(200), of_meeting),
    "meeting-calendar": Entry(everybody(200), of_meeting),
    "share-image": Entry(everybody(302), lambda world: {**of_meeting(world), "picture": "wide-older"}),
}
IN_THE_GROUP = {**insiders(302), "olga": 404, "root": 403}
ANSWERS = {
    "group-answer": Entry(everybody(403), of_group, "post"),  # no signed token
    "meeting-answer": Entry(
        {"anonymous": 302, "dan": 404, **dict.fromkeys(("cleo", "ben", "ada", "olga", "root"), 302)},
        of_meeting,
        "post",
    ),
    "meeting-seats": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-give-seat": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-companion": Entry({**insiders(302), "root": 403}, of_meeting, "post"),
    "standing-answer": Entry(IN_THE_GROUP, of_group, "post"),
    "membership": Entry(IN_THE_GROUP, of_group, "post"),
    "membership_by_link": Entry(everybody(302), with_link("answer"), "post"),
    "away": Entry(IN_THE_GROUP, of_group, "post"),
    "answer_by_link": Entry(everybody(200), with_link("answer")),
    "weekly_ask_by_link": Entry(everybody(200), with_link("answer")),
    "companion_by_link": Entry(everybody(302), with_link("answer"), "post"),
    "standing_answer_by_link": Entry(everybody(302), with_link("answer"), "post"),
    "away_by_link": Entry(everybody(302), with_link("answer"), "post"),
}


def sign_in_link(world: World) -> dict[str, Any]:
    account = make_account(f"{new_code()}@example.org")  # signs in nowhere else, which would end the link
    return {"code": account.code, "token": TOKENS.make_token(account)}


def mail_number(world: World) -> dict[str, Any]:
    return {"number": make_mail(to=world.ben.email, subject="Środa, 8:30").pk}


def mail_token(world: World) -> dict[str, Any]:
    return {"token": Membership.objects.get(person=world.ben).mail_token}


ACCOUNTS = {
    "my_account": Entry(signed_in()),
    "mail_wish": Entry(
        {"anonymous": 302, "dan": 404, **dict.fromkeys(("cleo", "ben", "ada", "olga", "root"), 302)},
        of_group,
        "post",
    ),
    "sign_in_by_link": Entry(everybody(200), sign_in_link),
    "unsubscribe": Entry(everybody(200), mail_token),
    "unsubscribe-one": Entry(everybody(200), lambda world: {**mail_token(world), "switch": "roles"}),
    "mail-events": Entry(everybody(404), method="post"),
    "push-on": Entry(signed_in(302), method="post"),
    "push-off": Entry(signed_in(302), method="post"),
    "push-worker": Entry(everybody(200)),
    "manifest": Entry(everybody(200)),
    "language": Entry(everybody(403), method="post"),  # no signed token
    "theme": Entry(everybody(403), method="post"),  # no signed token
    "mail_list": Entry(everybody(200)),  # from this machine, while no mail server is set
    "mail_samples": Entry(everybody(200)),
    "mail_sample": Entry(everybody(200), lambda world: {"name": "recap.pl"}),
    "mail_sample_html": Entry(everybody(200), lambda world: {"name": "recap.pl"}),
    "mail_page": Entry(everybody(200), mail_number),
    "mail_html": Entry(everybody(200), mail_number),
}


def of_month(world: World) -> dict[str, Any]:
    """The page of a month of the group."""
    about = {"facts": {"meetings": 4}, "made_at": NOON}
    world.group.health.get_or_create(month=date(2026, 9, 1), defaults=about)
    return {**of_group(world), "month": "2026-09"}


WEEK = {
    "group-week": Entry(hosts_only(), of_group),
    "group-health": Entry(hosts_only(), of_group),
    "group-health-month": Entry(hosts_only(), of_month),
    "meeting-loose": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-ask-usual": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-headcount": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-campaign": Entry(hosts_only(), of_meeting),
    "campaign-posted": Entry(hosts_only(302), of_meeting, "post"),
}


def of_invitation(world: World) -> dict[str, Any]:
    """One that Ben gave."""
    about = {"group": world.group, "inviter": world.ben, "way": "link", "name": "Anna"}
    given = Invitation.objects.filter(**about).first()
    expires = NOON + timedelta(days=365 * 20)
    return {"code": (given or Invitation.objects.create(**about, created_at=NOON, expires_at=expires)).code}


def of_pass(world: World) -> dict[str, Any]:
    return {"token": Invitation.objects.get(code=of_invitation(world)["code"]).token}


INSIDE = {"anonymous": 302, "dan": 404, "cleo": 403, "olga": 403, "root": 403}  # to invite one belongs to it
HIS_OWN = {**everybody(404), "anonymous": 302}
INVITATIONS = {
    "invite": Entry({**INSIDE, "ben": 200, "ada": 200}, of_group),
    "invite-card": Entry({**INSIDE, "anonymous": 302, "ben": 302, "ada": 302}, of_group, "post"),
    "invitation": Entry({**HIS_OWN, "ben": 200}, of_invitation),
    "invitation-revoke": Entry({**HIS_OWN, "ben": 302}, of_invitation, "post"),
    "pass": Entry(everybody(200), of_pass),
    "visit_by_link": Entry(everybody(200), with_link("answer")),
    "greeter-photo": Entry(everybody(404), lambda world: {**with_link("answer")(world), "name": "none.webp"}),
    "after_by_link": Entry(everybody(200), with_link("answer")),
    "stay_by_link": Entry(everybody(200), with_link("answer")),
    "door-photo": Entry(everybody(404), of_group),
    "door-photo-change": Entry(hosts_only(302), of_group, "post"),
}
OPERATOR_ONLY = {**everybody(404), "root": 200}


def job_number(world: World) -> dict[str, Any]:
    return {"number": JobRun.objects.get_or_create(name="purge", defaults={"due_at": NOON})[0].pk}


OPERATOR = {
    "operator": Entry(OPERATOR_ONLY),
    "operator-run": Entry({**OPERATOR_ONLY, "root": 302}, job_number, "post"),
    "operator-send": Entry({**OPERATOR_ONLY, "root": 302}, method="post"),
}
HOME = {
    "home": Entry(everybody(200)),
    "start": Entry(everybody(302)),
    "setup-step": Entry(signed_in(), lambda world: {"step": "why"}),
    "sample-look": Entry(everybody(302), method="post"),
    "sample-remove": Entry(
        {"anonymous": 302, **dict.fromkeys(("dan", "cleo", "ben", "ada", "olga"), 403), "root": 302},
        method="post",
    ),
}


def of_series(world: World) -> dict[str, Any]:
    """The address of a rhythm of the group."""
    series = world.group.series.running().first() or make_series(world.group)
    return {"slug": world.group.slug, "code": series.code}


def of_poll(world: World) -> dict[str, Any]:
    """The address of a poll of the group."""
    return {"code": poll_of(world).code}


def poll_of_group(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug, **of_poll(world)}


def poll_of(world: World) -> DatePoll:
    poll = DatePoll.objects.create(group=world.group, created_at=NOON)
    for number in (1, 2, 3):
        poll.proposals.create(starts_at=NOON + timedelta(days=365 * 20 + number))
    return poll


def voter_of(world: World) -> dict[str, Any]:
    """The address by which somebody without an account changes their votes."""
    poll = poll_of(world)
    return {"token": Voter.objects.create(poll=poll, name="Ola", press="x", voted_at=NOON).token}


GROUPS = {
    "group-host": Entry(hosts_only(), of_group),
    "group-beside": Entry(hosts_only(), of_group),
    "group-settings": Entry(hosts_only(), of_group),
    "group-joining": Entry(hosts_only(), of_group),
    "group-formula": Entry(hosts_only(), of_group),
    "group-rhythm": Entry(hosts_only(), of_group),
    "group-date-add": Entry(hosts_only(), of_group),
    "meeting-date": Entry(hosts_only(), of_meeting),
    "meeting-call-off": Entry(hosts_only(), of_meeting),
    "meeting-take-back": Entry(hosts_only(), of_meeting),
    "series-add": Entry(hosts_only(), of_group),
    "series-change": Entry(hosts_only(), of_series),
    "series-pause": Entry(hosts_only(), of_series),
    "series-resume": Entry(hosts_only(302), of_series, "post"),
    "series-end": Entry(hosts_only(), of_series),
    "meeting-keep": Entry(hosts_only(302), of_meeting, "post"),
    "poll-ask": Entry(hosts_only(), of_group),
    "poll": Entry(everybody(200), of_poll),  # whoever was given the link
    "poll-vote": Entry(everybody(403), of_poll, "post"),  # no signed token
    "poll-vote-me": Entry({**signed_in(302), "dan": 403, "root": 403}, of_poll, "post"),
    "poll-close": Entry(hosts_only(302), poll_of_group, "post"),
    "poll_by_link": Entry(everybody(200), voter_of),
    "meeting-skip": Entry(hosts_only(302), of_meeting, "post"),
}


def of_room(world: World) -> dict[str, Any]:
    return {"room_code": world.meeting.room_code}


LIVE = {
    "live-remote": Entry(hosts_only(), of_meeting),
    "live-projector": Entry(hosts_only(), of_meeting),
    "live-press": Entry(hosts_only(302), of_meeting, "post"),
    "live-begin": Entry(hosts_only(302), of_meeting, "post"),
    "live-end": Entry(hosts_only(302), of_meeting, "post"),
    "live-release": Entry(hosts_only(404), of_meeting, "post"),  # nobody was named
    "live-phone": Entry(insiders(), of_meeting),
    "live-hand": Entry(insiders(302), of_meeting, "post"),
    "join": Entry(everybody(200), of_room),  # whoever reads the code in the room
    "join-as": Entry(everybody(404), of_room, "post"),  # nobody was named
    "join-as-stranger": Entry(everybody(422), of_room, "post"),  # no name
    "live_by_link": Entry(everybody(200), with_link("live")),
}


def of_closed_meeting(world: World) -> dict[str, Any]:
    """Closed, with Cleo taken off the list of those who came."""
    Meeting.objects.filter(pk=world.meeting.pk).update(state=Meeting.State.CLOSED, closed_at=NOON)
    world.meeting.attendances.filter(person=world.cleo).delete()
    return of_meeting(world)


def with_recap_link(world: World) -> dict[str, Any]:
    of_closed_meeting(world)
    return with_link("recap")(world)


def who_was_there(status: int = 200, overview: int = 200) -> dict[str, int]:
    """Ada and Ben were there; Olga and root run the group and get an overview, or 403 for what is private."""
    there = {"ada": status, "ben": status, "olga": overview, "root": overview}
    return {"anonymous": 404, "dan": 404, "cleo": 404, **there}


DAY = {
    "meeting-day": Entry(hosts_only(), of_meeting),
    "meeting-mark": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-companion-came": Entry(hosts_only(302), of_meeting, "post"),  # nobody was named
    "meeting-wish": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-walk-in": Entry(hosts_only(422), of_meeting, "post"),
    "meeting-plan": Entry(hosts_only(), of_meeting),
    "meeting-paper": Entry(hosts_only(), of_meeting),
    "meeting-order": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-fit": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-spotlight": Entry(hosts_only(422), of_meeting, "post"),
    "meeting-greeter": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-close": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-recap-send": Entry(hosts_only(302), of_meeting, "post"),
    "meeting-tables": Entry(hosts_only(), of_meeting),
    "tables-deal": Entry(hosts_only(302), of_meeting, "post"),
    "tables-swap": Entry(hosts_only(302), of_meeting, "post"),
    "tables-keep": Entry(hosts_only(302), of_meeting, "post"),
}
TALKED = {
    "meeting-tomorrow": Entry({**insiders(), "root": 403}, of_meeting),
    "tomorrow_by_link": Entry(everybody(200), with_link("answer")),
    "group-talked": Entry(insiders(), of_group),
    "group-talked-all": Entry(hosts_only(), of_group),
}
RECAPS = {
    "meeting-recap": Entry(who_was_there(), of_closed_meeting),
    "meeting-recap-talk": Entry(who_was_there(302, 403), of_closed_meeting, "post"),
    "meeting-recap-again": Entry(who_was_there(302, 403), of_closed_meeting, "post"),
    "meeting-recap-apart": Entry(who_was_there(302, 403), of_closed_meeting, "post"),
    "meeting-recap-note": Entry(who_was_there(302, 403), of_closed_meeting, "post"),
    "meeting-recap-answer": Entry(who_was_there(302, 403), of_closed_meeting, "post"),
    "meeting-recap-contacts": Entry(who_was_there(200, 403), of_closed_meeting),
    "recap_by_link": Entry(everybody(200), with_recap_link),
    "recap_talk_by_link": Entry(everybody(302), with_recap_link, "post"),
    "recap_again_by_link": Entry(everybody(302), with_recap_link, "post"),
    "recap_apart_by_link": Entry(everybody(302), with_recap_link, "post"),
    "recap_note_by_link": Entry(everybody(302), with_recap_link, "post"),
    "recap_answer_by_link": Entry(everybody(302), with_recap_link, "post"),
    "recap_contacts_by_link": Entry(everybody(200), with_recap_link),
}


def person_of(world: World) -> dict[str, Any]:
    """The address of ben's card."""
    return {"code": world.ben.code}


def ask_of(world: World) -> dict[str, Any]:
    """The address of an ask of ben's."""
    return {"code": world.ben.code, "ask": Ask.objects.create(person=world.ben, text="Szukam dekarza").code}


def place_of(world: World) -> dict[str, Any]:
    """The address of ben's place in the group."""
    return {"slug": world.group.slug, "code": world.ben.code}


def import_of(world: World) -> dict[str, Any]:
    """The address of a list being brought in."""
    rows = [[2, ["Ola"]]]
    brought = PeopleImport.objects.create(
        group=world.group, header=["Imiona"], rows=rows, mapping={"0": "name"}
    )
    return {"code": brought.code}


def role_of(world: World) -> dict[str, Any]:
    """The address of a role of the group."""
    return {"slug": world.group.slug, "code": make_role(world.group).code}


def turn_of(world: World) -> dict[str, Any]:
    """The address of a turn of ben's."""
    turn = make_turn(world.meeting, make_role(world.group), world.ben)
    return {"slug": world.group.slug, "code": turn.code}


def task_of(world: World) -> dict[str, Any]:
    """The address of a task of ben's."""
    task = Task.objects.create(group=world.group, text="Oddać klucz", owner=world.ben, created_at=NOON)
    return {"slug": world.group.slug, "code": task.code}


def proposal_of(world: World) -> dict[str, Any]:
    """The address of a presentation ben proposed."""
    proposal = SpotlightProposal.objects.create(
        group=world.group, person=world.ben, title="Dach", created_at=NOON
    )
    return {"slug": world.group.slug, "code": proposal.code}


ROLES_AND_TURNS = {
    "group-roles": Entry(insiders(), of_group),
    "roles-plan": Entry(hosts_only(302), of_group, "post"),
    "role-add": Entry(hosts_only(), of_group),
    "role": Entry(hosts_only(), role_of),
    "role-wish": Entry(insiders(302), role_of, "post"),
    "role-note": Entry(insiders(302), role_of, "post"),
    "role-end": Entry(hosts_only(302), role_of, "post"),
    "turn-mine": Entry(insiders(302), of_group, "post"),
    "turn": Entry(hosts_only(), turn_of),
    "turn-give-back": Entry(insiders(302), turn_of, "post"),
    "group-owners": Entry(hosts_only(), of_group),
    "group-tasks": Entry(insiders(), of_group),
    "task": Entry(hosts_only(), task_of),
    "task-done": Entry({**insiders(302), "cleo": 403}, task_of, "post"),
    "group-spotlights": Entry(insiders(), of_group),
    "spotlight-book": Entry(hosts_only(302), proposal_of, "post"),
    "spotlight-withdraw": Entry({**insiders(302), "cleo": 403}, proposal_of, "post"),
    "role_by_link": Entry(everybody(200), with_link("role")),
}


def earlier_pitch(world: World) -> dict[str, Any]:
    """A text Ben said before."""
    pitch, _made = Pitch.objects.get_or_create(person=world.ben, defaults={"updated_at": NOON})
    return {"code": world.ben.code, "version": pitch.versions.create(text="x", written_at=NOON).code}


OWNER_ONLY = {**insiders(403), "ben": 200}
EDITORS = {**insiders(), "cleo": 403}
UNLISTED = dict.fromkeys(("anonymous", "dan", "cleo", "ben"), 404)


def board_ask(world: World) -> dict[str, Any]:
    """An ask of Ben's; the board of the group."""
    ask, _made = Ask.objects.get_or_create(person=world.ben, text="Szukam dekarza", closed_at=None)
    return {"slug": world.group.slug, "code": ask.code}


def ask_of_ada_by_link(world: World) -> dict[str, Any]:
    """An ask of Ada's on the board behind Ben's link."""
    ask, _made = Ask.objects.get_or_create(person=world.ada, text="Szukam kowala", closed_at=None)
    return {**with_link("answer")(world), "code": ask.code}


def own_ask_by_link(world: World) -> dict[str, Any]:
    """An ask of Ben's behind his link."""
    return {**with_link("answer")(world), "code": board_ask(world)["code"]}


ASKS = {
    "group-asks": Entry(insiders(), of_group),
    "ask-hand": Entry({**insiders(302), "root": 403}, board_ask, "post"),
    "ask-helped": Entry({**insiders(403), "ben": 200}, board_ask),
    "group_asks_by_link": Entry(everybody(200), with_link("answer")),
    "ask_hand_by_link": Entry(everybody(302), ask_of_ada_by_link, "post"),
    "ask_helped_by_link": Entry(everybody(200), own_ask_by_link),
}
PEOPLE = {
    "group-who-helps": Entry(insiders(), of_group),
    "people": Entry(insiders(), lambda world: {"slug": world.group.slug}),
    "people-add": Entry(hosts_only(), lambda world: {"slug": world.group.slug}),
    "people-import": Entry(hosts_only(), lambda world: {"slug": world.group.slug}),
    "people-export": Entry(hosts_only(), lambda world: {"slug": world.group.slug, "kind": "csv"}),
    "people-place": Entry(hosts_only(), place_of),
    "people-membership": Entry(hosts_only(302), place_of, "post"),
    "people-mail-again": Entry(hosts_only(302), place_of, "post"),
    "people-remove": Entry(hosts_only(), place_of),
    "import": Entry({**hosts_only(), **UNLISTED}, import_of),
    "import-confirm": Entry({**hosts_only(302), **UNLISTED}, import_of, method="post"),
}
CARDS = {
    "me": Entry(signed_in()),
    "me-data": Entry(signed_in()),
    "card": Entry(insiders(), person_of),
    "card-vcard": Entry(insiders(), person_of),
    "card-edit": Entry(EDITORS, person_of),
    "card-photo-change": Entry({**insiders(302), "cleo": 403}, person_of, method="post"),
    "card-photo": Entry(everybody(404), lambda world: {"code": world.ben.code, "name": "none.webp"}),
    "card-preview": Entry(OWNER_ONLY, person_of),
    "coach": Entry(EDITORS, person_of, method="post"),
    "pitch": Entry({**OWNER_ONLY, "anonymous": 302}, person_of),
    "pitch-draft": Entry(OWNER_ONLY, person_of, method="post"),
    "pitch-restore": Entry({**OWNER_ONLY, "ben": 302}, earlier_pitch, method="post"),
    "rehearsal": Entry({**OWNER_ONLY, "anonymous": 302}, person_of),
    "not-with-me": Entry(OWNER_ONLY, person_of),
    "card-note": Entry({**insiders(302), "root": 403}, person_of, method="post"),
    "ask-close": Entry({**insiders(302), "cleo": 403}, ask_of, method="post"),
}
MATRIX: dict[str, Entry] = {
    **ASKS,
    **PEOPLE,
    **CARDS,
    **HOME,
    **GROUPS,
    **PUBLIC,
    **ANSWERS,
    **DAY,
    **TALKED,
    **RECAPS,
    **ROLES_AND_TURNS,
    **ACCOUNTS,
    **LIVE,
    **OPERATOR,
    **INVITATIONS,
    **WEEK,
}
