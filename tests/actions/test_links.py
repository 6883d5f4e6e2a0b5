"""Personal links are reused, outlive their use and never come back to life."""

from datetime import timedelta

from kawka.actions.links import link_for, revoke
from kawka.models import PersonalLink
from tests.factories import NOON, WEDNESDAY, make_meeting

DAY = timedelta(days=1)
ANSWER, LIVE, RECAP, ROLE = PersonalLink.Scope


def test_each_scope_lasts_as_long_as_it_is_of_use(group, ben):
    meeting = make_meeting(group)

    whose = {"person": ben, "group": group, "meeting": meeting}
    links = [link_for(scope=scope, now=NOON, **whose) for scope in PersonalLink.Scope]

    assert {link.scope: link.expires_at for link in links} == {
        ANSWER: NOON + 400 * DAY,
        LIVE: WEDNESDAY + timedelta(minutes=90) + DAY,
        RECAP: NOON + 180 * DAY,
        ROLE: NOON + 400 * DAY,
    }


def test_the_link_somebody_has_is_reused_and_lives_on(group, ben):
    first = link_for(person=ben, scope=ANSWER, group=group, now=NOON)
    second = link_for(person=ben, scope=ANSWER, group=group, now=NOON + 30 * DAY)

    assert second.token == first.token
    assert PersonalLink.objects.get().expires_at == NOON + 430 * DAY


def test_a_link_that_ran_out_does_not_come_back_to_life(group, ben):
    old = link_for(person=ben, scope=ANSWER, group=group, now=NOON)
    later = NOON + 401 * DAY
    new = link_for(person=ben, scope=ANSWER, group=group, now=later)

    assert not PersonalLink.objects.by_token(old.token).valid(later).exists()
    assert PersonalLink.objects.by_token(new.token).valid(later).exists()


def test_a_revoked_link_is_followed_by_another(group, ben):
    old = link_for(person=ben, scope=ANSWER, group=group, now=NOON)
    revoke(link=old, now=NOON)
    revoke(link=old, now=NOON + DAY)
    new = link_for(person=ben, scope=ANSWER, group=group, now=NOON)

    old.refresh_from_db()
    assert (old.revoked_at, new.token != old.token) == (NOON, True)
