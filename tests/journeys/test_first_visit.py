"""What a stranger's phone loads on the first visit of a group's page, with nothing kept from before."""

from tests.journeys.conftest import PHONE

SAMPLE = (
    "from django.utils import timezone; from kawka.actions.sample import create_sample; "
    "from kawka.models import Group; create_sample(now=timezone.now()); print(Group.objects.get().slug)"
)
BYTES, REQUESTS = 60_000, 8


def visit(page, address):
    """Opens the page and returns each answer's address, bytes on the wire and headers."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    answers, sizes = {}, {}
    wire.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event["response"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(address, wait_until="networkidle")
    return [(answers[key]["url"], size, answers[key]["headers"]) for key, size in sizes.items()]


def test_the_first_visit_is_small(own_server, screen):
    slug = own_server.python(SAMPLE).strip()
    page = screen(own_server, PHONE).new_page()

    loaded = visit(page, f"/g/{slug}/")

    told = {address: size for address, size, _headers in loaded}
    assert len(loaded) <= REQUESTS, told
    assert sum(told.values()) <= BYTES, told
    assert all(address.startswith(own_server.base_url) for address in told)


def test_static_files_are_packed_once_and_kept_for_ever(own_server, screen):
    page = screen(own_server, PHONE).new_page()

    loaded = visit(page, "/")

    files = {
        address.rsplit(".", 1)[1]: headers for address, _size, headers in loaded if "/static/" in address
    }
    assert {kind: headers.get("content-encoding") for kind, headers in files.items()} == {
        "css": "br",
        "woff2": None,
        "svg": "br",
    }
    assert all("immutable" in headers["cache-control"] for headers in files.values())
