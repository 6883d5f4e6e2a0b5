"""The host's kit of a date, and the pictures sites show."""

import re

import pytest
from django.urls import reverse

from kawka.actions.campaign import picture_names
from kawka.models import CampaignPost, Group, Meeting
from tests.factories import NOON, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group) -> Meeting:
    return make_meeting(group)


def test_the_kit_has_texts_pictures_and_places_to_tick(as_, group, meeting, ada):
    Group.objects.filter(pk=group.pk).update(language="en")

    page = as_(ada).get(reverse("meeting-campaign", args=[meeting.code]))

    text = page.content.decode()
    assert [name for name, _text in page.context["texts"]] == ["short", "long", "friend"]
    assert text.count('lang="en"') == 7  # three texts, two pictures, their words, and the switch of languages
    assert all(f"/m/{meeting.code}/share/{name}.png" in text for name in page.context["pictures"].values())


def test_a_place_is_ticked_and_unticked(as_, meeting, ada):
    browser, page = as_(ada), reverse("campaign-posted", args=[meeting.code])

    answer = browser.post(page, {"posted": "facebook"})
    browser.post(page, {"posted": "nowhere"})
    after = list(CampaignPost.objects.values_list("channel", flat=True))
    browser.post(page, {"not": "facebook"})

    assert answer["Location"] == f"/m/{meeting.code}/campaign/#posted"
    assert after == ["facebook"]
    assert not CampaignPost.objects.exists()


def test_a_picture_is_kept_for_ever_under_its_address(client, meeting):
    name = picture_names(meeting)["wide"]

    answer = client.get(reverse("share-image", args=[meeting.code, name]))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_older_address_leads_to_the_picture_of_today(client, meeting):
    answer = client.get(reverse("share-image", args=[meeting.code, "square-0123456789"]))
    unknown = client.get(reverse("share-image", args=[meeting.code, "round-0123456789"]))

    assert answer["Location"] == reverse("share-image", args=[meeting.code, picture_names(meeting)["square"]])
    assert unknown.status_code == 404


def test_a_link_to_a_date_shows_the_picture(client, meeting):
    page = client.get(reverse("meeting", args=[meeting.code]), headers={"accept-language": "en"})

    told = dict(re.findall(r'<meta property="og:(\S+)" content="([^"]*)">', page.content.decode()))
    name = picture_names(meeting)["wide"]
    assert told["title"] == "Śniadanie biznesowe, środa, 14 października, 8:30"
    assert told["image"] == f"http://127.0.0.1:8000/m/{meeting.code}/share/{name}.png"
    assert told["url"] == f"http://127.0.0.1:8000/m/{meeting.code}/"
    assert told["description"].startswith("Kawiarnia Pod Kawką, Olsztyn.")


def test_outsiders_have_no_kit_and_no_picture_of_a_closed_group(as_, group, meeting, dan):
    Group.objects.filter(pk=group.pk).update(is_listed=False)
    name = picture_names(meeting)["wide"]

    assert as_(dan).get(reverse("meeting-campaign", args=[meeting.code])).status_code == 404
    assert as_(dan).get(reverse("share-image", args=[meeting.code, name])).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_the_kit_costs_the_same_however_much_is_ticked(as_, meeting, ada, rows, django_assert_num_queries):
    for channel in CampaignPost.Channel.values[:rows]:
        CampaignPost.objects.create(meeting=meeting, channel=channel, posted_at=NOON)
    browser = as_(ada)

    with django_assert_num_queries(7):
        browser.get(reverse("meeting-campaign", args=[meeting.code]))
