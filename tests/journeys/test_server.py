"""The server as a process: it starts quickly, stops on Ctrl-C, survives being killed."""

from tests.journeys.conftest import LAPTOP, Screen
from tests.journeys.server import Server


def test_killed_server_starts_again_on_the_same_data(own_server: Server) -> None:
    own_server.kill()

    own_server.start()

    assert own_server.answers()
    assert "ok     migrations" in own_server.command("check")


def test_ctrl_c_ends_the_server_while_a_meeting_is_shown(own_server: Server, screen: Screen) -> None:
    page = screen(own_server, LAPTOP).new_page()
    page.goto("/")
    page.locator("form[action='/sample/'] button").click()
    today = page.locator("a[href$='/day/']").first.get_attribute("href") or ""
    with page.expect_response(lambda answer: "/live/stream/" in answer.url):
        page.goto(today.replace("/day/", "/projector/"))

    seconds = own_server.stop()

    assert seconds < 5
    assert own_server.process is not None
    assert own_server.process.returncode == 0
