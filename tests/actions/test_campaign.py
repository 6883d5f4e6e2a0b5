"""Telling others of a date: the texts, the pictures, the ticks, and the mail on Friday."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from kawka.actions.campaign import campaigns_due, picture_names, posted, social_of, texts_of, tick, untick
from kawka.actions.dates import call_off
from kawka.actions.outbox import send_due
from kawka.actions.share_images import SHAPES, Picture, drawn, fitted, wrapped
from kawka.models import CampaignPost, Group, Meeting, OutgoingMail, Spotlight
from tests.factories import NOON, WEDNESDAY, make_meeting

pytestmark = pytest.mark.django_db
DAY, WEEK, MINUTE = timedelta(days=1), timedelta(weeks=1), timedelta(minutes=1)
FRIDAY = WEDNESDAY - 5 * DAY + timedelta(hours=3, minutes=30)  # 12:00 in Warsaw
PICTURE = Picture("środa", "14", "października", "Śniadanie", "8:30–10:00", "Kawiarnia")


@pytest.fixture
def meeting(group) -> Meeting:
    return make_meeting(group)


@pytest.mark.parametrize(
    ("language", "begins"),
    [("pl", "Środa, 14 października, 8:30: Śniadanie"), ("en", "Wednesday, 14 October, 8:30: Śniadanie")],
)
def test_texts_are_in_the_language_of_the_group(group, ben, language, begins):
    Group.objects.filter(pk=group.pk).update(language=language, about="Poznajemy się.", price="25 zł")
    group.refresh_from_db()
    meeting = make_meeting(group)
    Spotlight.objects.create(meeting=meeting, person=ben, kind="project", title="Dach z mchu")

    texts = dict(texts_of(meeting))

    assert list(texts) == ["short", "long", "friend"]
    assert texts["short"].startswith(begins)
    assert all(f"http://127.0.0.1:8000/m/{meeting.code}/" in text for text in texts.values())
    assert all(word in texts["long"] for word in ("Poznajemy się.", "25 zł", "Dach z mchu", "Rynek 1"))
    assert ben.name not in texts["long"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_picture_is_a_png_of_its_size(shape):
    image = Image.open(BytesIO(drawn(PICTURE, shape)))

    assert (image.format, image.size) == ("PNG", SHAPES[shape])
    assert image.convert("RGB").getpixel((90, 200)) == (232, 179, 101)  # the tile of the day


def test_its_address_changes_with_what_it_shows(meeting, ada):
    before = picture_names(meeting)
    same = picture_names(Meeting.objects.get(pk=meeting.pk))
    call_off(meeting=meeting, by=ada, now=NOON)

    after = picture_names(Meeting.objects.get(pk=meeting.pk))

    assert before == same
    assert set(before.values()) & set(after.values()) == set()


def test_no_line_ends_with_a_lone_letter_and_long_names_are_cut():
    size, lines = fitted("Stowarzyszenie " * 9, 800, 600, range(92, 48, -4), 2)

    assert wrapped("Kawa w Olsztynie", 40, 800, 180) == ["Kawa", "w\N{NO-BREAK SPACE}Olsztynie"]
    assert (size, len(lines), lines[-1][-1]) == (52, 2, "…")


def test_what_sites_show_says_when_it_is_called_off(meeting, ada):
    before = social_of(meeting)
    call_off(meeting=meeting, by=ada, now=NOON)

    after = social_of(Meeting.objects.get(pk=meeting.pk))

    assert before.title == "Śniadanie biznesowe, środa, 14 października, 8:30"
    assert after.title == "Odwołane: Śniadanie biznesowe, środa, 14 października, 8:30"


def test_a_channel_is_ticked_once_and_unticked(meeting, ada):
    tick(meeting=meeting, channel="facebook", by=ada, now=NOON)
    tick(meeting=meeting, channel="facebook", by=ada, now=NOON + DAY)
    tick(meeting=meeting, channel="friends", by=ada, now=NOON + DAY)
    untick(meeting=meeting, channel="friends", by=ada, now=NOON + DAY)

    assert [(one.channel, one.posted_at) for one in posted(meeting)] == [("facebook", NOON)]


def test_hosts_are_told_once_on_friday_at_noon(meeting, ada, ben):
    before = campaigns_due(now=FRIDAY - MINUTE)
    told = campaigns_due(now=FRIDAY)
    again = campaigns_due(now=FRIDAY + MINUTE)

    assert (before, told, again) == (0, 1, 0)
    assert list(OutgoingMail.objects.values_list("kind", "to")) == [("campaign_ready", ada.email)]


def test_where_nobody_may_see_the_page_nobody_is_told(group, meeting, ada):
    Group.objects.filter(pk=group.pk).update(is_listed=False)

    assert campaigns_due(now=FRIDAY) == 0


@pytest.mark.parametrize(("is_ticked", "told"), [(False, 0), (True, 1)])
def test_after_two_unused_kits_only_the_page_says_so(group, meeting, ada, is_ticked, told):
    earlier = [
        make_meeting(group, starts_at=WEDNESDAY - weeks * WEEK, state="closed", campaign_told_at=NOON - WEEK)
        for weeks in (1, 2)
    ]
    if is_ticked:
        CampaignPost.objects.create(meeting=earlier[1], channel="linkedin", posted_at=NOON)

    assert campaigns_due(now=FRIDAY) == told


def test_a_mail_that_could_not_go_on_friday_does_not_go_on_monday(meeting, ada, settings):
    settings.MAIL_IS_SHOWN_HERE = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    campaigns_due(now=FRIDAY)

    send_due(now=FRIDAY + 3 * DAY)

    mail = OutgoingMail.objects.get()
    assert (mail.sent_at, mail.dropped_at) == (None, FRIDAY + 3 * DAY)
