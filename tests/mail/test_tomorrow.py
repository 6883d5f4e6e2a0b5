from django.utils.translation import override

from kawka.actions.tomorrow import Evening, people_worth_meeting
from kawka.mail.tomorrow import tomorrow
from kawka.models import Card, Membership
from tests.factories import NOON, make_answer, make_ask, make_meeting
from tests.mail.test_messages import answer_link, check, language

__all__ = ["language"]


def test_tomorrow(language, group, ada, ben):
    meeting = make_meeting(group)
    for person in (ada, ben):
        make_answer(meeting, person)
    Card.objects.filter(person=ada).update(trade="Grafik, projektuję logo")
    make_ask(ben, "Szukam kogoś, kto zrobi logo dla piekarni")
    place = Membership.objects.get(group=group, person=ben)
    with override(language):
        hints = people_worth_meeting(Evening(meeting), ben)

    mail = tomorrow(place, meeting, hints, link=answer_link(ben, group), speaks=True, now=NOON)

    check("tomorrow", language, mail)
