"""The only door from an edge to a row: 404 if it may not be seen, 403 if it is seen but not allowed."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.db.models import Model, QuerySet
from django.db.models.fields.files import ImageFieldFile
from django.http import Http404
from django.shortcuts import get_object_or_404

from kawka.access.circle import INNER, fellows_of, met_by
from kawka.access.circle import known_to as known_to
from kawka.access.ties import (
    Ties,
    Visitor,
    belongs,
    find_group,
    find_meeting,
    is_admin,
    may_host,
    person_in,
    remember_ties,
    ties_to,
)
from kawka.access.tokens import PHONE_SIGNER, phone_token
from kawka.models import (
    Account,
    Ask,
    Attendance,
    CalendarFeed,
    Card,
    Community,
    DatePoll,
    Group,
    Invitation,
    JobRun,
    Meeting,
    Membership,
    PeopleImport,
    Person,
    PersonalLink,
    PitchVersion,
    SeenBy,
    Series,
    Voter,
)

Row = TypeVar("Row", bound=Model)
REACH = {SeenBy.ME: 0, SeenBy.MEETINGS: 1, SeenBy.MEMBERS: 2, SeenBy.EVERYBODY: 3}
SELF, MET, FELLOW, STRANGER = 0, 1, 2, 3


def get_public_group(visitor: Visitor, slug: str) -> Group:
    """A group whose public page the visitor may see: a listed one, or one they belong to. Else 404."""
    group = find_group(visitor, slug)
    if group is None or not (group.is_listed or belongs(visitor, group)):
        raise Http404
    return group


def get_group(visitor: Visitor, slug: str) -> Group:
    """A group the visitor belongs to. Else 404."""
    group = find_group(visitor, slug)
    if group is None or not belongs(visitor, group):
        raise Http404
    return group


def get_hosted_group(visitor: Visitor, slug: str) -> Group:
    """A group the visitor runs. 404 for outsiders, 403 for those who only belong to it."""
    group = get_group(visitor, slug)
    if not may_host(visitor, group):
        raise PermissionDenied
    return group


def of_group(rows: QuerySet[Row], code: str) -> Row:
    """The row with this code among those of a group the visitor was let into. Else 404."""
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def get_hosted_series(visitor: Visitor, slug: str, code: str) -> Series:
    """A running series of a group the visitor runs. Else 404, or 403 for who only belongs to the group."""
    group = get_hosted_group(visitor, slug)
    series = of_group(group.series.running(), code)
    series.group = group
    return series


def get_poll(code: str) -> DatePoll:
    """The poll behind a link that was handed on; whoever has it may see the poll. Else 404."""
    return of_group(DatePoll.objects.select_related("group__community", "meeting"), code)


def get_voter(token: str) -> Voter:
    """Who voted with the page behind this token. Else 404."""
    voters = Voter.objects.by_token(token).select_related("poll__group__community", "poll__meeting")
    return get_object_or_404(voters)


def get_public_community(code: str) -> Community:
    """A community with at least one group whose page anybody may see. Else 404."""
    community = Community.objects.filter(code=code, groups__is_listed=True).first()
    if community is None:
        raise Http404
    return community


def get_feed_person(token: str) -> Person:
    """Whose calendar a secret address shows. Else 404, whether forged or replaced by a newer one."""
    feed = CalendarFeed.objects.by_token(token).select_related("person__community").first()
    if feed is None:
        raise Http404
    return feed.person


def get_public_meeting(visitor: Visitor, code: str) -> Meeting:
    """A meeting of a group whose public page the visitor may see. Else 404."""
    meeting = find_meeting(visitor, code)
    if meeting is None or not (meeting.group.is_listed or belongs(visitor, meeting.group)):
        raise Http404
    return meeting


def get_meeting(visitor: Visitor, code: str) -> Meeting:
    """A meeting of a group the visitor belongs to. Else 404."""
    meeting = find_meeting(visitor, code)
    if meeting is None or not belongs(visitor, meeting.group):
        raise Http404
    return meeting


def get_hosted_meeting(visitor: Visitor, code: str) -> Meeting:
    """A meeting of a group the visitor runs. 404 for outsiders, 403 for those who only belong to it."""
    meeting = find_meeting(visitor, code)
    if meeting is not None and may_host(visitor, meeting.group):
        return meeting
    if meeting is None or not belongs(visitor, meeting.group):
        raise Http404
    raise PermissionDenied


def get_operator(visitor: Visitor) -> Account:
    """The visitor as who looks after the whole instance. Else 404."""
    if not isinstance(visitor, Account) or not is_admin(visitor):
        raise Http404
    return visitor


def get_job(visitor: Visitor, number: int) -> JobRun:
    """A job of the clock, for who looks after the instance. Else 404."""
    get_operator(visitor)
    job = JobRun.objects.filter(pk=number).first()
    if job is None:
        raise Http404
    return job


def get_import(visitor: Visitor, code: str) -> PeopleImport:
    """An import into a group the visitor runs. Else 404."""
    brought = PeopleImport.objects.select_related("group__community").filter(code=code).first()
    if brought is not None:
        remember_ties(visitor, brought.group)
    if brought is None or not may_host(visitor, brought.group):
        raise Http404
    return brought


def get_link(token: str, scope: PersonalLink.Scope, now: datetime) -> PersonalLink:
    """The valid personal link of this scope behind a token. Else 404, whether forged, revoked or expired."""
    links = PersonalLink.objects.by_token(token).valid(now).filter(scope=scope)
    link = links.select_related("person__community", "group__community", "meeting__group__community").first()
    if link is None:
        raise Http404
    return link


def get_door_photo(visitor: Visitor, slug: str) -> ImageFieldFile:
    """The photo of a group's door, also of an unlisted one: its guests look for it. Else 404."""
    group = find_group(visitor, slug)
    if group is None or not group.door_photo:
        raise Http404
    return group.door_photo


def get_greeter_photo(greeter: Person | None, name: str) -> ImageFieldFile:
    """The face of who meets a guest, unless it is for its owner alone. Else 404."""
    if greeter is None or greeter.card.photo_name != name or not faces_guests(greeter.card):
        raise Http404
    return greeter.card.photo


def faces_guests(card: Card) -> bool:
    """Whether a guest may see the face of who meets them: it is shown to people at meetings or wider."""
    return "photo" in visible_fields(card, MET)


def get_inviting_group(visitor: Visitor, slug: str) -> tuple[Group, Person]:
    """A group the visitor may invite to, and as whom: everybody in it but guests. 404 or 403 otherwise."""
    group = get_group(visitor, slug)
    place = ties_to(visitor, group).place
    if place is None or place.standing not in INNER:
        raise PermissionDenied
    return group, place.person


def get_own_invitation(visitor: Visitor, code: str) -> Invitation:
    """An invitation the visitor gave. Else 404, also for hosts: whom one invites is one's own."""
    given = Invitation.objects.select_related("group__community", "inviter", "guest", "meeting")
    own = given.filter(code=code, inviter__account=visitor) if isinstance(visitor, Account) else given.none()
    invitation = own.first()
    if invitation is None:
        raise Http404
    remember_ties(visitor, invitation.group)
    return invitation


def get_pass(token: str, now: datetime) -> Invitation:
    """The invitation behind a token that still opens the door. Else 404: forged, over or taken back."""
    good = Invitation.objects.by_token(token).good(now)
    invitation = good.select_related("group__community", "inviter", "meeting").first()
    if invitation is None:
        raise Http404
    return invitation


def get_mail_membership(token: str) -> Membership:
    """The membership whose mail an unsubscribe address stops. Else 404."""
    return get_object_or_404(Membership.objects.by_mail_token(token).select_related("person", "group"))


def get_person(visitor: Visitor, code: str) -> Person:
    """A person the visitor is, runs a group with, shares a group with or has met. Else 404."""
    person = Person.objects.select_related("community", "card").filter(code=code).order_by().first()
    if person is None:
        raise Http404
    vars(person.community)["ties"] = Ties(visitor, person.community_id)
    if is_self(visitor, person) or is_admin(visitor) or runs_a_group_of(visitor, person):
        return person
    if person_in(visitor, person.community) is None or nearness(visitor, person) == STRANGER:
        raise Http404
    return person


def get_editable_person(visitor: Visitor, code: str) -> Person:
    """A person whose card the visitor may change: their own, or of a group they run. 404 or 403 otherwise."""
    person = get_person(visitor, code)
    own = isinstance(visitor, Account) and person.account_id == visitor.pk
    if not (own or is_admin(visitor) or runs_a_group_of(visitor, person)):
        raise PermissionDenied
    return person


def runs_a_group_of(visitor: Visitor, person: Person) -> bool:
    """Whether the visitor is a host of a group this person is in, or an owner of their community."""
    if not isinstance(visitor, Account):
        return False
    ties = ties_to(visitor, person.community)
    if is_admin(visitor) or ties.owns:
        return True
    if person.pk not in ties.hosted:
        hosted = Membership.objects.hosts().filter(person__account=visitor).values("group")
        ties.hosted[person.pk] = Membership.objects.filter(person=person, group__in=hosted).exists()
    return ties.hosted[person.pk]


def nearness(visitor: Visitor, person: Person) -> int:
    """How close the visitor is to one person."""
    ties = ties_to(visitor, person.community)
    if person.pk not in ties.near:
        ties.near[person.pk] = closeness(ties.person, [person])[person.pk]
    return ties.near[person.pk]


def closeness(viewer: Person | None, people: Iterable[Person]) -> dict[int, int]:
    """How close `viewer` is to each of `people`: SELF, MET, FELLOW or STRANGER by the person's row.

    MET: both came to the same meeting. FELLOW: the viewer is more than a guest in a group in which the other
    is so too, or is a guest who agreed to be found.
    Two queries, however many people.
    """
    ids = {person.pk for person in people}
    if viewer is None:
        return dict.fromkeys(ids, STRANGER)
    near = dict.fromkeys(ids, STRANGER)
    fellows = fellows_of(viewer).filter(person__in=ids)
    near.update(dict.fromkeys(fellows.values_list("person_id", flat=True), FELLOW))
    met = met_by(viewer).filter(person__in=ids)
    near.update(dict.fromkeys(met.values_list("person_id", flat=True), MET))
    if viewer.pk in ids:
        near[viewer.pk] = SELF
    return near


def visible_fields(card: Card, near: int) -> frozenset[str]:
    """The names of the card's fields somebody this close may see."""
    return frozenset(
        field for field in Card.FIELDS if REACH[SeenBy(card.seen_by.get(field, SeenBy.ME))] >= near
    )


def get_seat(visitor: Visitor, code: str, token: str) -> tuple[Meeting, Attendance | None]:
    """The meeting, and as whom the visitor takes part: by the phone's token, or by their account.

    404 for who has neither a valid token nor belongs to the group.
    """
    meeting = find_meeting(visitor, code)
    if meeting is None:
        raise Http404
    came = meeting.attendances.came().select_related("person__card", "person__pitch")
    try:
        person, _joined = PHONE_SIGNER.unsign(token).split(".", 1)
    except (BadSignature, ValueError):
        person = ""
    seat = came.filter(person__code=person).first() if person else None
    if seat is not None and phone_token(seat) == token:
        return meeting, seat
    if not belongs(visitor, meeting.group):
        raise Http404
    assert isinstance(visitor, Account)
    return meeting, came.filter(person__account=visitor).first()


def get_room(room_code: str) -> Meeting:
    """The meeting whose room has this code, while one can join it. Else 404."""
    open_ones = Meeting.objects.filter(state__in=[Meeting.State.PLANNED, Meeting.State.LIVE])
    meeting = open_ones.select_related("group__community").filter(room_code=room_code.lower()).first()
    if meeting is None:
        raise Http404
    return meeting


def get_recap(visitor: Visitor, code: str) -> tuple[Meeting, Person | None]:
    """A closed meeting, and as whom the visitor reads its recap: a participant, or None for the overview.

    The overview is for those who run the group and were not there; everybody else gets 404.
    """
    meetings = Meeting.objects.select_related("group__community").filter(state=Meeting.State.CLOSED)
    meeting = meetings.filter(code=code).first()
    if meeting is None or not isinstance(visitor, Account):
        raise Http404
    came = meeting.attendances.came().select_related("person__card", "person__community")
    mine = came.filter(person__account=visitor).first()
    if mine is None and not may_host(visitor, meeting.group):
        raise Http404
    return meeting, mine.person if mine else None


def get_linked_recap(token: str, now: datetime) -> tuple[Meeting, Person]:
    """The closed meeting and the participant behind a personal link. Else 404, also for who was not there."""
    link = get_link(token, PersonalLink.Scope.RECAP, now)
    meeting = link.meeting
    if meeting is None or meeting.state != Meeting.State.CLOSED:
        raise Http404
    if not meeting.attendances.came().filter(person=link.person_id).exists():
        raise Http404
    return meeting, link.person


def only_participant(person: Person | None) -> Person:
    """Who was at the meeting; 403 for a host who was not, and reads an overview without anything private."""
    if person is None:
        raise PermissionDenied
    return person


def hosted_fields(card: Card, near: int) -> frozenset[str]:
    """The names of the card's fields a host of the person sees: all until the person signs in and decides.

    From then on what other members see, and the e-mail, for a host writes to people.
    """
    if card.person.account_id is None:
        return frozenset(Card.FIELDS)
    return visible_fields(card, min(near, FELLOW)) | {"email"}


def fields_for(visitor: Visitor, person: Person) -> frozenset[str]:
    """The names of the fields of this person's card the visitor may see; the person's owner sees all."""
    if isinstance(visitor, Account) and person.account_id == visitor.pk:
        return frozenset(Card.FIELDS)
    near = nearness(visitor, person)
    if runs_a_group_of(visitor, person):
        return hosted_fields(person.card, near)
    return visible_fields(person.card, near)


def get_own_person(visitor: Visitor, code: str) -> Person:
    """The person the visitor is. 404 for who may not see them, 403 for who only may see them."""
    person = get_person(visitor, code)
    if not (isinstance(visitor, Account) and person.account_id == visitor.pk):
        raise PermissionDenied
    return person


def get_membership(visitor: Visitor, slug: str, code: str) -> Membership:
    """The place of a person in a group the visitor runs. Else 404, or 403 for those who only belong to it."""
    group = get_hosted_group(visitor, slug)
    places = Membership.objects.filter(group=group).select_related("person__card", "group", "invited_by")
    return get_object_or_404(places, person__code=code)


def get_own_membership(person: Person, group: Group) -> Membership:
    """The place of somebody in a group they take part in; 404 for alumni and who was never in it."""
    places = Membership.objects.current().filter(group=group, person=person)
    place = places.select_related("person", "group").first()
    if place is None:
        raise Http404
    return place


def is_self(visitor: Visitor, person: Person) -> bool:
    """Whether the visitor is this person."""
    return isinstance(visitor, Account) and person.account_id == visitor.pk


def get_person_in(visitor: Visitor, community: Community) -> Person:
    """Who the visitor is in this community; 403 for who only looks after it from outside."""
    person = person_in(visitor, community)
    if person is None:
        raise PermissionDenied
    return person


def get_ask(visitor: Visitor, person: Person, code: str) -> Ask:
    """An ask of this person that the visitor may see. Else 404."""
    ask = Ask.objects.filter(person=person, code=code).first()
    if ask is None or "asks" not in fields_for(visitor, person):
        raise Http404
    return ask


def get_pitch_version(person: Person, code: str) -> PitchVersion:
    """An earlier text of this person's own. Else 404."""
    versions = PitchVersion.objects.filter(pitch__person=person).select_related("pitch__person")
    return get_object_or_404(versions, code=code)


def get_board_ask(group: Group, reader: Person | None, code: str, *, is_host: bool) -> Ask:
    """An open ask of somebody in a group the reader was let into, as far as they may see it. Else 404."""
    current = Membership.objects.current().filter(group=group).values("person")
    asks = Ask.objects.open().select_related("person__card").filter(code=code, person__in=current)
    ask = get_object_or_404(asks)
    near = closeness(reader, [ask.person])[ask.person_id]
    card = ask.person.card
    fields = hosted_fields(card, near) if is_host and near != SELF else visible_fields(card, near)
    if "asks" not in fields or (near == STRANGER and not is_host):
        raise Http404
    return ask


def get_photo(visitor: Visitor, code: str, name: str) -> Card:
    """The card with this photo, when its owner lets the visitor see it. Else 404."""
    card = Card.objects.select_related("person__community").filter(person__code=code).first()
    if card is None or not name or card.photo_name != name:
        raise Http404
    if card.seen_by.get("photo") == SeenBy.EVERYBODY:
        return card
    if "photo" not in fields_for(visitor, get_person(visitor, code)):
        raise Http404
    return card
