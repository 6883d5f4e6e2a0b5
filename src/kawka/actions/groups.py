"""Changing what a group says of itself and how it runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kawka.actions.dates import change_length, change_zone
from kawka.actions.formulas import Row, set_segments
from kawka.models import Group, Person


@transaction.atomic
def change_group(*, group: Group, fields: dict[str, Any], by: Person | None, now: datetime) -> Group:
    """Give these fields their new values. In another time zone 8:30 stays 8:30 for the dates to come."""
    group = Group.objects.select_for_update(of=("self",)).select_related("community").get(pk=group.pk)
    if fields.get("timezone", group.timezone) != group.timezone:
        change_zone(group=group, zone=fields["timezone"], now=now)
    for name, value in fields.items():
        setattr(group, name, value)
    group.save(update_fields=list(fields))
    group.touch_page()
    return group


@transaction.atomic
def change_formula(
    *, group: Group, rows: Sequence[Row], fields: dict[str, Any], by: Person | None, now: datetime
) -> Group:
    """Another run sheet, seconds to speak and talk rounds; the dates to come end when it ends."""
    set_segments(group, rows)
    change_length(group=group, now=now)
    return change_group(group=group, fields=fields, by=by, now=now)
