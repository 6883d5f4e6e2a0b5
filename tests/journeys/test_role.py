"""A role: the rota proposes, one cannot, another says yes from the mailed page, the first is told."""

from playwright.sync_api import expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server
from tests.journeys.steps import link_in, look_around, mail_to, open_ten_times, pl, press

KEPT = ("Turn", "TakeOver", "TakeOverAsk")
NOTHING_PROPOSED = (
    "from django.utils import timezone; from kawka.models import Turn; "
    "Turn.objects.filter(meeting__starts_at__gt=timezone.now()).delete()"
)
LAST = (
    "from kawka.models import OutgoingMail; "
    "print(*OutgoingMail.objects.filter(kind='{}').order_by('pk').values_list('to', flat=True))"
)


def written_to(server: Server, kind: str) -> list[str]:
    """The addresses mail of this kind was written to, in that order."""
    return server.python(LAST.format(kind)).split()


def test_a_turn_finds_a_stand_in(own_server: Server, screen: Screen) -> None:
    host = screen(own_server, LAPTOP).new_page()
    group = look_around(host)
    own_server.python(NOTHING_PROPOSED)
    first, second = (screen(own_server, PHONE).new_page() for _ in range(2))

    host.goto(f"{group}roles/")
    press(host, pl("Propose turns"))
    one = written_to(own_server, "turns_proposed")[0]
    proposed = link_in(mail_to(host, one), "t")
    open_ten_times(first, proposed, own_server, KEPT)
    first.goto(proposed)
    turn = first.locator("form:has([name=turn])", has=first.locator("[value=give-back]")).first
    role = turn.get_by_role("heading").inner_text()
    turn.get_by_role("button", name=pl("I cannot this time")).click()
    expect(first.get_by_role("status")).to_contain_text(
        pl("Noted. Others are being asked already; nothing more to do.")
    )

    other = written_to(own_server, "turn_call")[0]
    assert other != one
    called = link_in(mail_to(host, other), "t")
    open_ten_times(second, called, own_server, KEPT)
    second.goto(called)
    call = second.locator("form:has([name=take_over])")
    expect(call.get_by_role("heading")).to_have_text(pl("%(role)s: a stand-in is needed") % {"role": role})
    call.get_by_role("button", name=pl("Yes, I will take it")).click()
    expect(second.get_by_role("status")).to_have_text(pl("It is yours. Thank you!"))

    assert one in written_to(own_server, "turn_taken")
    told = mail_to(host, one)
    assert role in told
    assert pl("Thank you for telling early.") in told
