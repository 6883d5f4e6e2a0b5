"""One place presses so often and no more; other places are not held up."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from limits import parse

from kawka.web.phone import GUESSES
from kawka.web.ratelimits import LIMITER, client_address, guess_limited, place_of, rate_limited
from tests.factories import make_meeting


@rate_limited("bell", "2/hour")
def bell(request):
    return HttpResponse("ding")


@guess_limited("doors", "2/hour")
def door(request):
    if request.GET.get("key") != "right":
        raise Http404
    return HttpResponse("come in")


def guess(key, address="192.0.2.1"):
    try:
        return door(RequestFactory().get("/", {"key": key}, REMOTE_ADDR=address)).status_code
    except Http404:
        return 404


def ring(address="192.0.2.1", method="post"):
    return bell(getattr(RequestFactory(), method)("/", REMOTE_ADDR=address)).status_code


def test_the_third_press_waits(db):
    assert [ring(), ring(), ring()] == [200, 200, 429]


def test_looking_is_not_counted_and_others_are_not_held_up(db):
    assert [ring(), ring(), ring(method="get"), ring("192.0.2.2")] == [200] * 4


def test_the_third_wrong_guess_ends_guessing(db):
    assert [guess("a"), guess("b"), guess("right"), guess("right", "192.0.2.2")] == [404, 404, 429, 200]


def test_who_has_the_right_key_is_never_counted(db):
    assert [guess("right"), guess("right"), guess("right"), guess("a")] == [200, 200, 200, 404]


@pytest.mark.parametrize("page", ["", "me/", "new/"])
def test_nobody_goes_through_all_codes_of_rooms(client, group, page):
    meeting = make_meeting(group)
    for _guess in range(299):
        LIMITER.hit(parse(GUESSES), "rooms", "127.0.0.1")

    pages = [client.get("/j/wrong2/"), client.post(f"/j/{meeting.room_code}/{page}", {"name": "Ola"})]

    assert [answer.status_code for answer in pages] == [404, 429]


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
