"""The mail about texts and pictures to post, word for word, in both languages."""

import pytest

from kawka.actions.campaign import texts_of
from kawka.mail import campaign as mail
from kawka.models import Group, Membership
from tests.factories import NOON, make_meeting
from tests.mail.test_messages import check


@pytest.mark.parametrize("language", ["pl", "en"])
def test_campaign_ready(language, group, ada):
    Group.objects.filter(pk=group.pk).update(language=language)
    group.refresh_from_db()
    meeting = make_meeting(group, code="abcdefghjk")
    place = Membership.objects.select_related("person").get(person=ada)

    made = mail.campaign_ready(meeting, place, text=dict(texts_of(meeting))["short"], now=NOON)

    check("campaign_ready", language, made)
