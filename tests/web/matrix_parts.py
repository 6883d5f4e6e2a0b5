"""What the matrix is made of: roles, the rows addresses are made of, and answers many addresses share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kawka.models import Group, Meeting, Person

ROLES = ("anonymous", "dan", "cleo", "ben", "ada", "olga", "root")


@dataclass
class World:
    """The rows addresses are made of."""

    group: Group
    meeting: Meeting
    ada: Person
    ben: Person
    cleo: Person


@dataclass
class Entry:
    """What each role gets at one address."""

    expected: dict[str, int]
    make: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    method: str = "get"


def everybody(status: int) -> dict[str, int]:
    """The same answer for all roles."""
    return dict.fromkeys(ROLES, status)


def hosts_only(status: int = 200) -> dict[str, int]:
    """404 for outsiders, 403 for those inside, the page for hosts, owners and the admin."""
    inside = {"cleo": 403, "ben": 403}
    return {"anonymous": 404, "dan": 404, **inside, **dict.fromkeys(("ada", "olga", "root"), status)}


def insiders(status: int = 200) -> dict[str, int]:
    """404 for outsiders, the page for everybody in the group."""
    return {"anonymous": 404, "dan": 404, **dict.fromkeys(("cleo", "ben", "ada", "olga", "root"), status)}


def signed_in(status: int = 200) -> dict[str, int]:
    """Strangers are sent to sign in; every account gets its own page."""
    return {"anonymous": 302, **dict.fromkeys(ROLES[1:], status)}


def of_group(world: World) -> dict[str, Any]:
    return {"slug": world.group.slug}


def of_meeting(world: World) -> dict[str, Any]:
    return {"code": world.meeting.code}
