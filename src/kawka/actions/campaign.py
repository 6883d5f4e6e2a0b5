"""Telling others of a date: texts and pictures to post, and where that was done; nothing posts by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kawka.actions.reminders import due, hosts
from kawka.actions.share_images import SHAPES, Picture
from kawka.mail import campaign as mail
from kawka.mail.addresses import address_of
from kawka.mail.messages import tidy
from kawka.models import CampaignPost, Meeting, Person, SegmentKind, Spotlight
from kawka.models.formula import segments_of
from kawka.templatetags.kawka import clock, day, long_date, month, weekday

TEXTS = ("short", "long", "friend")
LOOKED_AHEAD = timedelta(days=8)
UNUSED_KITS = 2


@dataclass(frozen=True, slots=True)
class Social:
    """What a site shows of a link to a date, in the language of the group."""

    title: str
    description: str
    url: str
    image: str
    alt: str


def texts_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The texts to post by their names of TEXTS, in the language of the group."""
    parts = [one for one in segments_of(meeting) if one.kind != SegmentKind.NOTICES]
    with translation.override(meeting.group.language):
        shown = {
            "meeting": meeting,
            "group": meeting.group,
            "run": ", ".join(part.name for part in parts),
            "spotlight": Spotlight.objects.filter(meeting=meeting).first(),
            "link": address_of("meeting", code=meeting.code),
        }
        return [(name, tidy(render_to_string(f"campaign/texts/{name}.txt", shown)).strip()) for name in TEXTS]


def picture_of(meeting: Meeting) -> Picture:
    """The words of the pictures of a date, in the language of the group."""
    group, start = meeting.group, meeting.local_start
    where = [meeting.where, meeting.where_address]
    where += [] if group.town in meeting.where_address else [group.town]
    is_off = meeting.state == Meeting.State.CALLED_OFF
    with translation.override(group.language):
        return Picture(
            weekday=weekday(start),
            day=day(start),
            month=month(start),
            name=group.name,
            hours=f"{clock(start)}–{clock(meeting.local_end)}",
            place=", ".join(filter(None, where)),
            note=_("Called off") if is_off else "",
        )


def picture_names(meeting: Meeting) -> dict[str, str]:
    """The names of the picture files by their shape; another name as soon as a picture changes."""
    version = picture_of(meeting).version
    return {shape: f"{shape}-{version}" for shape in SHAPES}


def picture_alt(meeting: Meeting) -> str:
    """The picture in words, in the language of the group."""
    picture = picture_of(meeting)
    told = (
        f"{picture.name}: {picture.weekday}, {picture.day} {picture.month}, {picture.hours}, {picture.place}"
    )
    return f"{picture.note}. {told}" if picture.note else told


def social_of(meeting: Meeting) -> Social:
    """What a site shows when somebody posts the address of a date."""
    group = meeting.group
    with translation.override(group.language):
        when = f"{long_date(meeting.local_start)}, {clock(meeting.local_start)}"
        is_off = meeting.state == Meeting.State.CALLED_OFF
        where = f"{meeting.where}, {group.town}"
        return Social(
            title=f"{_('Called off')}: {group.name}, {when}" if is_off else f"{group.name}, {when}",
            description=f"{capfirst(where)}. {group.about}".strip(),
            url=address_of("meeting", code=meeting.code),
            image=address_of("share-image", code=meeting.code, picture=picture_names(meeting)["wide"]),
            alt=picture_alt(meeting),
        )


@transaction.atomic
def tick(*, meeting: Meeting, channel: str, by: Person | None, now: datetime) -> None:
    """A host has posted the date there; ticking it again changes nothing."""
    CampaignPost.objects.get_or_create(
        meeting=meeting, channel=CampaignPost.Channel(channel), defaults={"posted_at": now}
    )


@transaction.atomic
def untick(*, meeting: Meeting, channel: str, by: Person | None, now: datetime) -> None:
    """It was not posted there after all."""
    CampaignPost.objects.filter(meeting=meeting, channel=channel).delete()


def posted(meeting: Meeting) -> list[CampaignPost]:
    """Where the date was posted, first things first."""
    return list(meeting.posts.order_by("posted_at", "pk"))


def campaigns_due(*, now: datetime) -> int:
    """The Friday before each date anybody may see: tell its hosts that texts and pictures are ready.

    Each date once; how many hosts were written to. Where the last two were not ticked off anywhere the kit
    stays on the page and nobody is written to. Run every few minutes.
    """
    near = Meeting.objects.filter(
        state=Meeting.State.PLANNED,
        campaign_told_at=None,
        starts_at__gt=now,
        starts_at__lte=now + LOOKED_AHEAD,
        group__is_listed=True,
    )
    return sum(tell_hosts(meeting, now) for meeting in due("promote", near, now))


@transaction.atomic
def tell_hosts(meeting: Meeting, now: datetime) -> int:
    """Write to the hosts about the kit of one date; none when another process does."""
    if not Meeting.objects.filter(pk=meeting.pk, campaign_told_at=None).update(campaign_told_at=now):
        return 0
    if goes_unused(meeting):
        return 0
    text = dict(texts_of(meeting))["short"]
    return sum(
        mail.campaign_ready(meeting, place, text=text, now=now) is not None for place in hosts(meeting.group)
    )


def goes_unused(meeting: Meeting) -> bool:
    """Whether hosts were told of the last two kits and ticked nothing off."""
    told = Meeting.objects.filter(group=meeting.group_id, campaign_told_at__isnull=False)
    last: Iterable[Meeting] = told.exclude(pk=meeting.pk).order_by("-starts_at")[:UNUSED_KITS]
    kits = [one.pk for one in last]
    return len(kits) == UNUSED_KITS and not CampaignPost.objects.filter(meeting__in=kits).exists()
