"""Telling others of a date: the host's texts and pictures, and the pictures sites show of a link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kawka import access
from kawka.actions.campaign import picture_alt, picture_names, picture_of, posted, texts_of, tick, untick
from kawka.actions.share_images import SHAPES, drawn
from kawka.models import CampaignPost, Meeting

FOR_EVER = 365 * 24 * 3600


@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    shown = {
        "meeting": meeting,
        "group": meeting.group,
        "texts": texts_of(meeting),
        "pictures": picture_names(meeting),
        "alt": picture_alt(meeting),
        "channels": channels(meeting),
    }
    return render(request, "campaign/campaign.html", shown)


def channels(meeting: Meeting) -> list[tuple[str, str, Any]]:
    """Every place to post, in words, and when it was posted there by the clock of the group's town."""
    zone = meeting.group.zone
    found = {one.channel: one.posted_at.astimezone(zone) for one in posted(meeting)}
    return [(value, str(label), found.get(value)) for value, label in CampaignPost.Channel.choices]


@require_POST
def campaign_posted(request: HttpRequest, code: str) -> HttpResponse:
    meeting = access.get_hosted_meeting(request.user, code)
    by, now = access.person_in(request.user, meeting.group.community), timezone.now()
    for change, field in ((tick, "posted"), (untick, "not")):
        channel = request.POST.get(field, "")
        if channel in CampaignPost.Channel.values:
            change(meeting=meeting, channel=channel, by=by, now=now)
    answer = redirect("meeting-campaign", code=code)
    answer["Location"] += "#posted"
    return answer


@require_safe
def share_image(request: HttpRequest, code: str, picture: str) -> HttpResponse:
    """A picture under an address that changes with it; an older address leads to the picture of today."""
    meeting = access.get_public_meeting(request.user, code)
    shape, _dash, version = picture.partition("-")
    if shape not in SHAPES:
        raise Http404
    shown = picture_of(meeting)
    if version != shown.version:
        return redirect("share-image", code=code, picture=f"{shape}-{shown.version}")
    response = HttpResponse(drawn(shown, shape), content_type="image/png")
    whose = "public" if meeting.group.is_listed else "private"
    response["Cache-Control"] = f"{whose}, max-age={FOR_EVER}, immutable"
    return response
