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
