"""One place presses so often and no more; other places are not held up."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kawka.web.ratelimits import client_address, place_of, rate_limited


@rate_limited("bell", "2/hour")
def bell(request):
    return HttpResponse("ding")


def ring(address="192.0.2.1", method="post"):
    return bell(getattr(RequestFactory(), method)("/", REMOTE_ADDR=address)).status_code


def test_the_third_press_waits(db):
    assert [ring(), ring(), ring()] == [200, 200, 429]


def test_looking_is_not_counted_and_others_are_not_held_up(db):
    assert [ring(), ring(), ring(method="get"), ring("192.0.2.2")] == [200] * 4


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_place_is_an_address_or_one_customers_network(address, place):
    assert place_of(address) == place


@pytest.mark.parametrize(("behind_proxy", "address"), [(True, "192.0.2.9"), (False, "10.0.0.1")])
def test_a_proxy_is_believed_only_when_there_is_one(behind_proxy, address, settings):
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.9")

    assert client_address(request) == address
