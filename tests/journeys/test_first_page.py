"""What somebody sees first on a new instance."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, Screen
from tests.journeys.server import Server


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["pl-PL", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_new_instance_offers_two_doors_to_everybody(
    server: Server,
    screen: Screen,
    axe: Callable[[Page], None],
    size: dict[str, object],
    language: str,
    theme: str,
) -> None:
    page = screen(server, size, locale=language, color_scheme=theme).new_page()

    page.goto("/")

    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(2)
    axe(page)
