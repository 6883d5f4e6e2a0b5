"""What every page is made of: colours that can be read, a font that can write Polish, a light first visit."""

import gzip
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import kawka

STATIC = Path(kawka.__file__).parent / "static"
STYLE = (STATIC / "css/kawka.css").read_text()
LIGHT, DARK = STYLE.index("color-scheme: light;"), STYLE.index('[data-theme="dark"]')
FONT = STATIC / "fonts/bricolage-grotesque.woff2"
GROUNDS = ["paper", "raised", "sunk", "act-soft", "crema-soft"]


def tokens(start: int) -> dict[str, str]:
    block = STYLE[start : STYLE.index("}", start)]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block))


THEMES = {"light": tokens(LIGHT), "dark": tokens(LIGHT) | tokens(DARK)}


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(
    ("voice", "least"), [("ink", 7), ("soft", 4.5), ("act", 4.5), ("warn", 4.5), ("edge", 3)]
)
def test_every_voice_can_be_read_on_every_ground(theme: str, ground: str, voice: str, least: float) -> None:
    colours = THEMES[theme]

    ratio = contrast(colours[voice], colours[ground])

    assert ratio >= least


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_pressed_and_what_is_warm_can_be_read(theme: str) -> None:
    colours = THEMES[theme]

    assert contrast(colours["act-ink"], colours["act"]) >= 4.5
    assert contrast(colours["crema-ink"], colours["crema"]) >= 4.5
    assert contrast(colours["coffee"], colours["line"]) >= 3


def test_the_dark_tokens_are_the_same_for_the_device_and_for_the_visitor() -> None:
    device = STYLE.index(':root:not([data-theme="light"])')

    assert tokens(device) == tokens(DARK)


def test_the_font_writes_polish_with_figures_of_one_width() -> None:
    font = TTFont(FONT)
    known = set(font.getBestCmap())
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    axes = [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes]

    assert [letter for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–—…·→×" if ord(letter) not in known] == []
    assert "tnum" in features
    assert axes == [("wght", 400, 800)]


def test_a_first_visit_is_light() -> None:
    assert FONT.stat().st_size <= 30_000
    assert len(gzip.compress(STYLE.encode())) <= 9_000
