import pytest
from django.urls import reverse

from kawka.models import Spotlight, SpotlightProposal
from tests.factories import NOON, make_meeting, make_member, make_person

TYPED = {"title": "Co widać z drabiny", "kind": "topic", "minutes": "5", "about": ""}


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def page(group):
    return reverse("group-spotlights", args=[group.slug])


def test_a_member_proposes_and_withdraws(as_, group, ben):
    member = as_(ben)

    member.post(page(group), TYPED)
    assert "Co widać z drabiny" in member.get(page(group)).text

    code = SpotlightProposal.objects.get().code
    member.post(reverse("spotlight-withdraw", args=[group.slug, code]))
    assert "Co widać z drabiny" not in member.get(page(group)).text


def test_a_guest_reads_and_cannot_propose_yet(as_, group, cleo):
    guest = as_(cleo)

    assert "Do kolejki" not in guest.get(page(group)).text
    guest.post(page(group), TYPED)

    assert SpotlightProposal.objects.count() == 0


def test_the_host_books_from_the_queue_and_from_the_run_sheet(as_, group, ada, ben):
    meeting = make_meeting(group)
    as_(ben).post(page(group), TYPED)
    host, plan = as_(ada), reverse("meeting-plan", args=[meeting.code])
    address = reverse("spotlight-book", args=[group.slug, SpotlightProposal.objects.get().code])
    assert "Co widać z drabiny" in host.get(plan).text

    answer = host.post(address, {"meeting": meeting.code, "back": "plan"})

    assert answer.url == plan
    assert Spotlight.objects.get().person == ben
    assert "Co widać z drabiny" in host.get(page(group)).text

    host.post(
        reverse("spotlight-withdraw", args=[group.slug, SpotlightProposal.objects.get().code]),
        {"date": "free"},
    )
    assert Spotlight.objects.count() == 0


def test_a_date_that_is_taken_is_answered_in_words(as_, group, ada, ben):
    as_(ben).post(page(group), TYPED)
    address = reverse("spotlight-book", args=[group.slug, SpotlightProposal.objects.get().code])

    assert "Wybierz datę" in as_(ada).post(address, {"meeting": "zzz"}, follow=True).text


def test_the_page_asks_the_same_for_one_and_for_thirty(as_, group, ada, django_assert_max_num_queries):
    host = as_(ada)
    for number in range(30):
        person = make_person(group.community)
        make_member(group, person)
        SpotlightProposal.objects.create(group=group, person=person, title=f"T {number}", created_at=NOON)
        make_meeting(group, starts_at=NOON.replace(day=13 + number % 15))

    with django_assert_max_num_queries(9):
        assert host.get(page(group)).status_code == 200
