"""A process with a database of its own: three people say yes to the same turn at once."""

import json
import threading
from collections.abc import Callable

import django

django.setup()

from django.db import connections  # noqa: E402

from kawka.actions import rota  # noqa: E402
from kawka.actions.take_overs import say_yes  # noqa: E402
from kawka.models import OutgoingMail, Person, TakeOver, Turn  # noqa: E402
from tests.factories import (  # noqa: E402
    NOON,
    make_community,
    make_group,
    make_meeting,
    make_member,
    make_person,
    make_role,
    make_turn,
)


def at_once(calls: list[Callable[[], bool]]) -> list[bool]:
    """What the calls return, each made in a thread of its own at the same moment."""
    start, said = threading.Barrier(len(calls)), []

    def run(call: Callable[[], bool]) -> None:
        start.wait()
        said.append(call())
        connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def main() -> None:
    group = make_group(make_community())
    people = [make_person(group.community) for _number in range(6)]
    for person in people:
        make_member(group, person)
    turn = make_turn(make_meeting(group), make_role(group), people[0])
    rota.give_back(turn=turn, by=people[0], now=NOON)
    take_over = TakeOver.objects.get()
    asked = Person.objects.filter(take_over_asks__take_over=take_over)

    def yes(person: Person) -> Callable[[], bool]:
        return lambda: say_yes(take_over=TakeOver.objects.get(), by=person, now=NOON)

    said = at_once([yes(person) for person in asked])
    told = {
        "said": said,
        "replies": sorted(take_over.asks.values_list("reply", flat=True)),
        "state": Turn.objects.get().state,
        "thanked": OutgoingMail.objects.filter(kind="turn_taken").count(),
    }
    print(json.dumps(told))


main()
