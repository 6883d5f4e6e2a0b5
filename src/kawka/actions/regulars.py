"""Guests who have come three times are regulars, quietly."""

from django.db.models import Count, Q

from kawka.models import Attendance, Meeting, Membership, Standing

REGULAR_AFTER = 3  # visits


def raise_regulars(*, meeting: Meeting) -> int:
    """Let guests who were there and have now come three times be regulars; how many there were."""
    came = Q(person__attendances__meeting__group=meeting.group_id)
    came &= Q(person__attendances__state__in=Attendance.CAME)
    there = meeting.attendances.came().values("person")
    guests = Membership.objects.filter(group=meeting.group_id, standing=Standing.GUEST, person__in=there)
    counted = guests.annotate(visits=Count("person__attendances", filter=came)).order_by()
    ready = list(counted.filter(visits__gte=REGULAR_AFTER).values_list("pk", flat=True))
    return Membership.objects.filter(pk__in=ready).update(standing=Standing.REGULAR)
