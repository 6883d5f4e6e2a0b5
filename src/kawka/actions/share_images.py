"""Pictures of a date to post: its day as a tile, the group, the hour and the place, in Kawka's colours."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, SOFT, CREMA, COFFEE = "#f5f0e7", "#231d1a", "#5c5047", "#e8b365", "#8b5528"
SHAPES: Mapping[str, tuple[int, int]] = {"wide": (1200, 630), "square": (1080, 1080)}
FONT = files("kawka") / "static" / "fonts" / "bricolage-grotesque.woff2"
DRAWN = 1  # counts the ways pictures have been drawn, so that a new one has a new address
FINE = 2  # drawn so many times larger, for smooth edges
COLOURS = 96
EDGE = 72
NAME_LINES = 3
LONE_LETTER = re.compile(r"(?<!\S)(\w) ")


@dataclass(frozen=True, slots=True)
class Picture:
    """The words in a picture, in the language of the group. `note`: that it is called off, say."""

    weekday: str
    day: str
    month: str
    name: str
    hours: str
    place: str
    note: str = ""

    @property
    def version(self) -> str:
        """A short name for what it shows: another one as soon as a word changes."""
        return hashlib.sha256(f"{DRAWN} {self!r}".encode()).hexdigest()[:10]


class Canvas:
    """Draws with the sizes of the finished picture, larger, and brings it down to them at the end."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.image = Image.new("RGB", (width * FINE, height * FINE), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def tile(self, left: int, top: int, right: int, bottom: int, fill: str, radius: int = 44) -> None:
        """A rectangle with round corners."""
        box = [at * FINE for at in (left, top, right, bottom)]
        self.draw.rounded_rectangle(box, radius * FINE, fill=fill)

    def write(
        self, at: tuple[int, int], words: str, size: int, weight: int, fill: str = INK, anchor: str = "ls"
    ) -> None:
        """One line of text; `at` is where its `anchor` lies (left or middle of the baseline)."""
        font = font_of(size * FINE, weight)
        self.draw.text((at[0] * FINE, at[1] * FINE), words, font=font, fill=fill, anchor=anchor)

    def png(self) -> bytes:
        """The finished picture as a file."""
        out = BytesIO()
        fine = self.image.resize(self.size, Image.Resampling.LANCZOS)
        fine.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


@lru_cache(maxsize=64)
def font_of(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font of the pages in one size and weight."""
    font = ImageFont.truetype(BytesIO(FONT.read_bytes()), size)
    font.set_variation_by_axes([weight])
    return font


def width_of(words: str, size: int, weight: int) -> float:
    """How wide a line is."""
    return font_of(size, weight).getlength(words)


def wrapped(words: str, size: int, weight: int, width: int) -> list[str]:
    """The words in lines no wider than this where they can be broken; no line ends with a lone letter."""
    lines: list[str] = []
    for word in LONE_LETTER.sub("\\1\N{NO-BREAK SPACE}", " ".join(words.split())).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(words: str, weight: int, width: int, sizes: range, lines: int) -> tuple[int, list[str]]:
    """The largest of the sizes in which the words take at most so many lines, and the lines."""
    for size in sizes:
        found = wrapped(words, size, weight, width)
        if len(found) <= lines and all(width_of(line, size, weight) <= width for line in found):
            return size, found
    kept = found[: lines - 1] + [" ".join(found[lines - 1 :])]
    return sizes[-1], [shortened(line, sizes[-1], weight, width) for line in kept]


def shortened(line: str, size: int, weight: int, width: int) -> str:
    """The line, cut where it is too wide."""
    if width_of(line, size, weight) <= width:
        return line
    while line and width_of(f"{line}…", size, weight) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


@lru_cache(maxsize=64)
def drawn(picture: Picture, shape: str) -> bytes:
    """The picture as a PNG of one of SHAPES; remembered, for those who read links ask many times."""
    width, height = SHAPES[shape]
    canvas = Canvas(width, height)
    if shape == "wide":
        date_tile(canvas, picture, EDGE, EDGE, 440, height - EDGE)
        about(canvas, picture, left=500, top=EDGE, width=width - EDGE - 500, bottom=height - EDGE)
    else:
        date_tile(canvas, picture, EDGE, EDGE, 500, 500)
        cup(canvas, width - EDGE - 190, EDGE + 20, 190)
        about(canvas, picture, left=EDGE, top=560, width=width - 2 * EDGE, bottom=height - EDGE)
    return canvas.png()


def date_tile(canvas: Canvas, picture: Picture, left: int, top: int, right: int, bottom: int) -> None:
    """The day as a tile, as pages show it."""
    canvas.tile(left, top, right, bottom, CREMA)
    middle, height = (left + right) // 2, bottom - top
    size, _lines = fitted(picture.weekday, 600, right - left - 48, range(54, 30, -2), 1)
    canvas.write((middle, top + height * 20 // 100), picture.weekday, size, 600, anchor="ms")
    size, _lines = fitted(picture.day, 800, right - left - 96, range(280, 200, -10), 1)
    canvas.write((middle, top + height * 70 // 100), picture.day, size, 800, anchor="ms")
    size, _lines = fitted(picture.month, 600, right - left - 48, range(54, 30, -2), 1)
    canvas.write((middle, top + height * 90 // 100), picture.month, size, 600, anchor="ms")


def about(canvas: Canvas, picture: Picture, *, left: int, top: int, width: int, bottom: int) -> None:
    """The group from the top; the hour and the place at the bottom."""
    size, lines = fitted(picture.name, 800, width, range(92, 48, -4), NAME_LINES)
    baseline = top + size * 4 // 5
    for line in lines:
        canvas.write((left, baseline), line, size, 800)
        baseline += size * 21 // 20
    place_size, place = fitted(picture.place, 400, width, range(38, 28, -2), 2)
    below = bottom - 10 - (len(place) - 1) * (place_size + 10)
    canvas.write((left, below - place_size - 30), picture.hours, 64, 800, COFFEE)
    for number, line in enumerate(place):
        canvas.write((left, below + number * (place_size + 10)), line, place_size, 400, SOFT)
    if picture.note:
        note_above(canvas, picture.note, left, below - place_size - 30 - 64)


def note_above(canvas: Canvas, note: str, left: int, baseline: int) -> None:
    """What has to be seen first, on a dark strip above the hour."""
    canvas.tile(left, baseline - 58, left + int(width_of(note, 44, 700)) + 56, baseline + 8, INK, 33)
    canvas.write((left + 28, baseline - 10), note, 44, 700, PAPER)


def cup(canvas: Canvas, left: int, top: int, size: int) -> None:
    """The jackdaw that is a cup, as on every page, in a square of this size."""
    one, pen = size * FINE / 48, canvas.draw

    def at(*points: float) -> list[float]:
        return [((left, top)[index % 2] * FINE) + value * one for index, value in enumerate(points)]

    pen.ellipse(at(31, 14, 47.5, 30), outline=INK, width=round(4 * one))
    pen.rectangle(at(10, 10, 38, 24), fill=INK)
    pen.pieslice(at(10, 10, 38, 38), 0, 180, fill=INK)
    pen.polygon(at(25, 10, 38, 10, 38, 24, 37.4, 28, 36, 31, 31.5, 28.6, 28, 23.6, 25.8, 17), fill="#9aabb5")
    pen.polygon(at(10, 15, 10, 23.5, 1, 19), fill=INK)
    pen.ellipse(at(13.5, 13.5, 22.5, 22.5), fill=CREMA)
    pen.ellipse(at(15.2, 16, 19.2, 20), fill=INK)
    pen.rounded_rectangle(at(12, 42, 36, 45), one, fill=INK)
