"""A guest: invited by a member, a date without an account, the question before, another date, the day."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server
from tests.journeys.steps import heading, link_in, look_around, mail_to, open_ten_times, pl, press

GUEST = "lucja@example.org"
KEPT = ("Answer", "Invitation", "Membership", "Greeting")
ASK_GUESTS = (
    "from kawka.models import Answer; from kawka.engine.week import moment_of; "
    "from kawka.actions.first_visits import question_guests_due; "
    f"on = Answer.objects.get(person__email='{GUEST}').meeting; "
    "due = moment_of('prepare', on.local_date, on.group.timezone); "
    "print(question_guests_due(now=due))"
)


def invited(member: Page, group: str) -> str:
    """A member makes an invitation; the path of its link, as it is pasted into a messenger."""
    member.goto(f"{group}invite/")
    member.get_by_label(pl("Whom would you like to invite?")).fill("Łucja Żółw")
    press(member, pl("Make the invitation"))
    return link_in(member.get_by_label(pl("Copy this")).input_value(), "pass")


def take_a_date(guest: Page, link: str, member: Page) -> str:
    """The guest chooses the second date of the pass and presses the mailed button; the words of the date."""
    guest.goto(link)
    guest.get_by_label(pl("Your name")).fill("Łucja Żółw")
    guest.get_by_label("E-mail").fill(GUEST)
    date = guest.locator("button[name=meeting]").nth(1)
    words = date.inner_text().rsplit(",", 1)[0]
    date.click()
    heading(guest, pl("Good to have you."))
    own = link_in(mail_to(member, GUEST), "a")
    guest.goto(own)
    guest.locator("[value=coming][aria-pressed=true]").click()
    return words


def test_a_guest_comes_without_an_account_and_changes_the_date(own_server: Server, screen: Screen) -> None:
    member = screen(own_server, LAPTOP).new_page()
    group = look_around(member)
    guest = screen(own_server, PHONE).new_page()

    first = take_a_date(guest, invited(member, group), member)
    member.goto(f"{group}invite/")
    expect(member.get_by_role("main")).to_contain_text(first)
    assert int(own_server.python(ASK_GUESTS)) >= 1
    question = link_in(mail_to(member, GUEST), "a")
    assert question.endswith("/visit/")
    open_ten_times(guest, question, own_server, KEPT)
    guest.goto(question)
    heading(guest, pl("Shall we keep your seat?"))
    expect(guest.get_by_role("main").locator(".lead")).to_contain_text(first)
    other = guest.locator("section[aria-labelledby=others] button").last
    second = other.inner_text().rsplit(",", 1)[0]
    other.click()

    expect(guest.get_by_role("status")).to_have_text(pl("Good, see you there!"))
    expect(guest.get_by_role("main").locator(".lead")).to_contain_text(second)
    comes_in(member, own_server)


def comes_in(host: Page, server: Server) -> None:
    """On the day the guest stands on the list of the other date, and nowhere else; one tap."""
    code = server.python(
        "from kawka.models import Answer; "
        f"print(Answer.objects.get(person__email='{GUEST}', choice='coming').meeting.code)"
    ).strip()
    host.goto(f"/m/{code}/day/")
    row = host.locator(".tap-row", has_text="Łucja Żółw")
    row.locator(".tap").click()
    expect(row.locator(".tap")).to_have_attribute("aria-pressed", "true")
