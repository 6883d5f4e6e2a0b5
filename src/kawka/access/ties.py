"""What ties a visitor to a group and its community; whether they may see a row is not asked here."""

from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from kawka.models import Account, Community, Group, Meeting, Membership, Ownership, Person, Standing

Visitor = Account | AnonymousUser


class Ties:
    """What ties a visitor to a group and its community: each question is asked of the database once."""

    def __init__(self, visitor: Visitor, community: int, group: int | None = None) -> None:
        self.account = visitor if isinstance(visitor, Account) else None
        self.community = community
        self.group = group
        self.near: dict[int, int] = {}
        self.hosted: dict[int, bool] = {}

    @cached_property
    def place(self) -> Membership | None:
        """Their place in the group, also as an alumnus."""
        if self.account is None or self.group is None:
            return None
        places = Membership.objects.filter(group=self.group, person__account=self.account)
        return places.select_related("person").order_by().first()

    @cached_property
    def person(self) -> Person | None:
        """Who they are in the community."""
        if self.place is not None:
            return self.place.person
        if self.account is None:
            return None
        return Person.objects.filter(account=self.account, community=self.community).order_by().first()

    @cached_property
    def owns(self) -> bool:
        """Whether they own the community."""
        owned = Ownership.objects.filter(community=self.community, person__account=self.account)
        return self.account is not None and owned.exists()

    @property
    def runs(self) -> bool:
        """Whether they run the group: its host, an owner of its community, or the instance's admin."""
        if self.account is None:
            return False
        is_host = self.place is not None and self.place.standing == Standing.HOST
        return is_admin(self.account) or is_host or self.owns

    @property
    def belongs(self) -> bool:
        """Whether they take part in the group in any standing but alumnus, or run it."""
        is_current = self.place is not None and self.place.standing != Standing.ALUMNUS
        return is_current or self.runs


def ties_to(visitor: Visitor, row: Group | Community) -> Ties:
    """The visitor's ties, those remembered with the row when it was fetched for this visitor."""
    known = vars(row).get("ties")
    if isinstance(known, Ties) and isinstance(visitor, Account) and known.account == visitor:
        return known
    return Ties(visitor, row.community_id, row.pk) if isinstance(row, Group) else Ties(visitor, row.pk)


def remember_ties(visitor: Visitor, group: Group) -> None:
    """Let a group that was just fetched for the visitor answer for their ties as long as the row lives."""
    vars(group)["ties"] = vars(group.community)["ties"] = Ties(visitor, group.community_id, group.pk)


def find_group(visitor: Visitor, slug: str) -> Group | None:
    """The group, with the visitor's ties remembered; whether they may see it is not asked here."""
    group = Group.objects.select_related("community").filter(slug=slug).order_by().first()
    if group is not None:
        remember_ties(visitor, group)
    return group


def find_meeting(visitor: Visitor, code: str) -> Meeting | None:
    """The meeting, with the visitor's ties remembered; whether they may see it is not asked here."""
    meeting = Meeting.objects.select_related("group__community").filter(code=code).order_by().first()
    if meeting is not None:
        remember_ties(visitor, meeting.group)
    return meeting


def person_in(visitor: Visitor, community: Community) -> Person | None:
    """Who the visitor is in this community; None for strangers."""
    return ties_to(visitor, community).person


def is_admin(visitor: Visitor) -> bool:
    """Whether the visitor looks after the whole instance."""
    return isinstance(visitor, Account) and visitor.is_active and visitor.is_superuser


def may_host(visitor: Visitor, group: Group) -> bool:
    """Whether the visitor runs this group: its host, an owner of its community, or the instance's admin."""
    return ties_to(visitor, group).runs


def belongs(visitor: Visitor, group: Group) -> bool:
    """Whether the visitor takes part in this group in any standing but alumnus, or runs it."""
    return ties_to(visitor, group).belongs
