"""The question of Sunday evening, word for word, in both languages."""

import pytest

from kawka.mail import weekly_asks as mail
from kawka.models import Group, Membership
from tests.factories import NOON, make_ask, make_meeting
from tests.mail.test_messages import answer_link, check


@pytest.mark.parametrize("language", ["pl", "en"])
def test_weekly_ask(language, group, ada, ben):
    Group.objects.filter(pk=group.pk).update(language=language)
    group.refresh_from_db()
    Membership.objects.filter(person=ben).update(wants_weekly_ask=True)
    place = Membership.objects.select_related("person").get(person=ben)
    last = make_ask(ben, "Szukam dekarza z Olsztyna na maj")

    made = mail.weekly_ask(
        make_meeting(group), place, last=last, is_last=True, link=answer_link(ben, group), now=NOON
    )

    check("weekly_ask", language, made)
