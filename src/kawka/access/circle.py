"""Whom a person knows of: those they share a group with, and those they met."""

from django.db.models import Q, QuerySet

from kawka.models import Attendance, Membership, Person, Standing

INNER = (Standing.REGULAR, Standing.MEMBER, Standing.HOST)
SHOWN = Q(standing__in=INNER) | Q(standing=Standing.GUEST, directory_agreed_at__isnull=False)


def fellows_of(viewer: Person) -> QuerySet[Membership]:
    """The places of those the viewer shares a group with.

    The viewer is more than a guest there, and the other is so too or is a guest who agreed to be found.
    """
    my_groups = Membership.objects.filter(person=viewer, standing__in=INNER).values("group")
    return Membership.objects.filter(SHOWN, group__in=my_groups).order_by()


def met_by(viewer: Person) -> QuerySet[Attendance]:
    """The attendances of all who came to a meeting to which the viewer came."""
    my_meetings = Attendance.objects.came().filter(person=viewer).values("meeting")
    return Attendance.objects.came().filter(meeting__in=my_meetings).order_by()


def known_to(viewer: Person) -> QuerySet[Person]:
    """Everybody the viewer may know of, without themselves, by name."""
    fellow, met = fellows_of(viewer).values("person"), met_by(viewer).values("person")
    people = Person.objects.filter(Q(pk__in=fellow) | Q(pk__in=met), community=viewer.community_id)
    return people.exclude(pk=viewer.pk)
