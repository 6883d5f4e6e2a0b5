"""The fixed cast: root looks after the instance, olga owns the community, ada hosts the group, ben is a
member, cleo is a guest, dan has an account but belongs to another community."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from kawka.models import Account, Community, Group, Ownership, Person, Standing
from kawka.web.ratelimits import STORAGE
from tests.factories import make_account, make_community, make_group, make_member, make_person

pytest_plugins = ["tests.plugins.folders"]


@pytest.fixture(autouse=True)
def nobody_has_pressed_anything_yet() -> None:
    """Counts of rate limits, Kawka's own and allauth's, begin anew."""
    STORAGE.reset()
    cache.clear()


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def group(community: Community) -> Group:
    return make_group(community, slug="sniadanie")


def join(community: Community, group: Group | None, name: str, email: str, standing: str = "") -> Person:
    person = make_person(community, name, email=email, account=make_account(email))
    if group is not None:
        make_member(group, person, standing)
    return person


@pytest.fixture
def root(db: None) -> Account:
    return make_account("root@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def olga(community: Community) -> Person:
    person = join(community, None, "Olga Opiekun", "olga@example.org")
    Ownership.objects.create(community=community, person=person)
    return person


@pytest.fixture
def ada(community: Community, group: Group) -> Person:
    return join(community, group, "Ada Gospodarz", "ada@example.org", Standing.HOST)


@pytest.fixture
def ben(community: Community, group: Group) -> Person:
    return join(community, group, "Ben Członek", "ben@example.org", Standing.MEMBER)


@pytest.fixture
def cleo(community: Community, group: Group) -> Person:
    return join(community, group, "Cleo Gość", "cleo@example.org", Standing.GUEST)


@pytest.fixture
def dan(db: None) -> Person:
    elsewhere = make_community(name="Gdzie indziej")
    return join(
        elsewhere, make_group(elsewhere, slug="gdzie-indziej"), "Dan Obcy", "dan@example.org", Standing.HOST
    )


@pytest.fixture
def as_(client: Client) -> Callable[[Person | Account | None], Client]:
    """A browser signed in as this person, account, or nobody."""

    def sign_in(who: Person | Account | None) -> Client:
        browser = Client()
        account = who.account if isinstance(who, Person) else who
        if account is not None:
            browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return sign_in
