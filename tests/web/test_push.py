"""The button on one's account, the worker and the manifest phones need."""

import pytest
from django.urls import reverse

from kawka.models import PushSubscription
from tests.mail.test_web_push import BROWSER, SECRET

SAYS = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "p256dh": BROWSER, "auth": SECRET}


def test_a_device_is_switched_on_and_off(as_, ben):
    browser = as_(ben)

    browser.post(reverse("push-on"), SAYS)
    assert PushSubscription.objects.get().account == ben.account
    assert "data-push=" in browser.get(reverse("my_account")).content.decode()
    browser.post(reverse("push-off"))

    assert not PushSubscription.objects.exists()


def test_one_device_is_left_in_peace_and_another_persons_never(as_, ben, ada):
    browser = as_(ben)
    browser.post(reverse("push-on"), SAYS)
    browser.post(reverse("push-on"), {**SAYS, "endpoint": f"{SAYS['endpoint']}2"})
    first, second = PushSubscription.objects.order_by("pk")

    as_(ada).post(reverse("push-off"), {"device": first.code})
    browser.post(reverse("push-off"), {"device": second.code})

    assert list(PushSubscription.objects.all()) == [first]


@pytest.mark.parametrize("devices", [1, 10])
def test_the_list_of_devices_costs_the_same_for_any_number(devices, as_, ben, django_assert_num_queries):
    browser = as_(ben)
    for number in range(devices):
        browser.post(reverse("push-on"), {**SAYS, "endpoint": f"{SAYS['endpoint']}{number}"})
    browser.get(reverse("my_account"))  # shows what was said of the presses

    with django_assert_num_queries(7):
        assert browser.get(reverse("my_account")).content.decode().count('name="device"') == devices


@pytest.mark.parametrize(
    "said", [{}, {**SAYS, "endpoint": "https://elsewhere.example/"}, {**SAYS, "auth": "AAAA"}]
)
def test_nonsense_is_not_taken(said, as_, ben):
    answer = as_(ben).post(reverse("push-on"), said)

    assert (answer.status_code, PushSubscription.objects.count()) == (302, 0)


def test_the_worker_and_the_manifest_are_what_browsers_take(client, db):
    worker, manifest = client.get(reverse("push-worker")), client.get(reverse("manifest"))

    assert worker.headers["Content-Type"] == "text/javascript"
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert (manifest.json()["display"], manifest.json()["start_url"]) == ("standalone", "/")
    assert [icon["sizes"] for icon in manifest.json()["icons"]] == ["any", "192x192", "512x512"]
