"""The server as a process: it starts quickly, stops on Ctrl-C, survives being killed."""

import time

from playwright.sync_api import Page

from tests.journeys.server import Server


def test_second_start_to_the_first_page_takes_less_than_five_seconds(own_server: Server) -> None:
    own_server.stop()

    begun = time.monotonic()
    own_server.start()

    assert time.monotonic() - begun < 5


def test_killed_server_starts_again_on_the_same_data(own_server: Server) -> None:
    own_server.kill()

    own_server.start()

    assert own_server.answers()
    assert "ok     migrations" in own_server.command("check")


def test_ctrl_c_ends_the_server_while_a_browser_is_connected(own_server: Server, laptop: Page) -> None:
    laptop.goto(own_server.base_url)

    seconds = own_server.stop()

    assert seconds < 5
    assert own_server.process is not None
    assert own_server.process.returncode == 0
