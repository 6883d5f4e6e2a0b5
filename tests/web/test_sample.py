"""Looking around in the sample and removing it."""

import pytest
from django.test import Client
from django.urls import reverse

from kawka.actions.accounts import sign_in_address
from kawka.actions.sample import create_sample
from kawka.models import Account, Community
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def look_around(client: Client) -> Client:
    client.post(reverse("sample-look"))
    return client


def test_one_press_makes_the_sample_and_signs_in_as_its_host(client):
    page = look_around(client).get(reverse("home"))

    assert Community.objects.get().is_sample
    assert page.context["user"].email == "gosia@example.org"
    assert not page.context["user"].is_superuser
    assert len(page.context["today"]) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("home", []), ("group-host", ["sroda-od-sniadania"]), ("group", ["sroda-od-sniadania"])],
)
def test_every_page_of_the_sample_says_so_and_can_remove_it(client, name, arguments):
    page = look_around(client).get(reverse(name, args=arguments)).content.decode()

    assert 'class="sample"' in page
    assert reverse("sample-remove") in page
    assert reverse("start") in page


def test_who_signs_in_by_a_link_as_its_host_can_remove_it_too(client, settings):
    client.post(sign_in_address(account=create_sample(now=NOON)).removeprefix(settings.SITE_URL))

    assert reverse("sample-remove") in client.get(reverse("home")).content.decode()


def test_a_stranger_on_a_page_of_the_sample_is_told_but_removes_nothing(client):
    look_around(client)

    page = Client().get(reverse("group", args=["sroda-od-sniadania"])).content.decode()

    assert 'class="sample"' in page
    assert reverse("sample-remove") not in page


def test_a_real_page_says_nothing_of_a_sample(client, group, ben, as_):
    for page in (Client().get(reverse("group", args=[group.slug])), as_(ben).get(reverse("home"))):
        assert 'class="sample"' not in page.content.decode()


def test_removing_it_signs_out_and_leaves_the_first_page(client):
    look_around(client)

    answer = client.post(reverse("sample-remove"), follow=True)

    assert answer.templates[0].name == "home/first.html"
    assert (Community.objects.count(), Account.objects.count()) == (0, 0)


def test_looking_around_again_leads_into_the_same_sample(client):
    look_around(client)

    again = look_around(Client()).get(reverse("home"))

    assert again.context["user"].email == "gosia@example.org"
    assert Community.objects.count() == 1


def test_starting_an_own_group_from_the_sample_signs_in_as_oneself(client):
    look_around(client)

    client.post(reverse("start"), {"name": "Dana", "email": "dana@example.org"})
    page = client.get(reverse("setup-step", args=["why"]))

    assert page.context["user"].email == "dana@example.org"
    assert 'class="sample"' not in page.content.decode()


def test_from_another_machine_the_sample_needs_the_key(client):
    answer = client.post(reverse("sample-look"), REMOTE_ADDR="10.0.0.7")

    assert answer.url == reverse("start")
    assert not Community.objects.exists()


def test_with_a_real_account_the_sample_is_closed(client, root):
    look_around(client)

    assert not Community.objects.exists()


def test_the_sample_is_only_made_and_removed_by_a_press(client):
    assert client.get(reverse("sample-look")).status_code == 405
    assert client.get(reverse("sample-remove")).status_code == 405
