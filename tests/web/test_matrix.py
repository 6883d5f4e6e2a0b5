"""Every address and every role: a new address without an entry fails."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import make_attendance, make_meeting
from tests.web.matrix import MATRIX, ROLES, World

OTHERS = ("admin/", "accounts/")  # Django's admin and allauth test their own doors


def own_url_names() -> set[str]:
    names: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
            elif not address.startswith(OTHERS):
                assert pattern.name, f"{address} has no name"
                names.add(pattern.name)

    walk(get_resolver().url_patterns, "")
    return names


def test_every_address_has_an_entry():
    assert own_url_names() == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_role_gets_what_the_matrix_says(name, group, root, olga, ada, ben, cleo, dan, as_):
    meeting = make_meeting(group)
    for person in (ada, ben, cleo):
        make_attendance(meeting, person)
    world = World(group=group, meeting=meeting, ada=ada, ben=ben, cleo=cleo)
    cast = {"anonymous": None, "dan": dan, "cleo": cleo, "ben": ben, "ada": ada, "olga": olga, "root": root}
    entry = MATRIX[name]
    address = reverse(name, kwargs=entry.make(world))

    answers = {role: getattr(as_(cast[role]), entry.method)(address).status_code for role in ROLES}

    assert answers == entry.expected
