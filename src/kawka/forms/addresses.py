"""Addresses pasted from a mail or a chat, as rows of name and e-mail."""

import re
from collections.abc import Iterator

HEADER = ["name", "e-mail"]
# Every repetition has an end, so that a line of a megabyte is read in one go.
ONE = re.compile(
    r"[<(\[]?\s{0,9}(?:mailto:)?(?<![^\s<>()\[\],;:])"
    r"([^\s<>()\[\],;:]{1,64}@[^\s<>()\[\];]{0,254}[^\s<>()\[\];,.])\s{0,9}[>)\]]?"
)
GLUED = re.compile(r",(?=[^\s<>()\[\],;:@]{1,64}@)")
LIST_MARK = re.compile(r"^\s*(?:[-*•·–]|\d{1,3}[.)])\s+")


def read_addresses(text: str) -> Iterator[list[str]]:
    """A row of name and e-mail for each address or line of the text, in its order.

    Understands "Jan Kowalski <jan@x.pl>, ola@y.pl; …", one a line, "Kowalski, Jan <jan@x.pl>" and
    "Jan Kowalski jan@x.pl". Where there is only an address the name is made of it: ola@y.pl is Ola. A line
    without any address is a name alone.
    """
    for line in text.splitlines():
        for part in split_outside_quotes(GLUED.sub(", ", LIST_MARK.sub("", line))):
            yield from read_part(part.strip().strip(",").strip())


def split_outside_quotes(line: str) -> Iterator[str]:
    """The parts of a line between semicolons that do not stand in quotes."""
    yield from ("".join(found) for found in re.findall(r'((?:"[^"]*"|[^;"])+)|(")', line) if any(found))


def read_part(part: str) -> Iterator[list[str]]:
    """The rows of one part: one address however it is written, or several parted by commas."""
    found = list(ONE.finditer(part))
    if len(found) == 1:
        yield row(ONE.sub(" ", part, count=1), found[0].group(1))
    elif not found and part.strip("\"' "):
        yield [part, ""]
    else:
        ends = [0, *(one.end() for one in found)]
        for begin, one in zip(ends, found, strict=False):
            yield row(part[begin : one.start()], one.group(1))


def row(name: str, address: str) -> list[str]:
    """A name, straightened or made of the address, and the address."""
    name = " ".join(re.sub(r"[\"“”„<>()\t]", " ", name).split()).strip(" ,;:-–'")
    if name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        name = f"{first} {last}"
    return [name or name_of(address), address]


def name_of(address: str) -> str:
    """The name an address suggests: jan.kowalski@x.pl is Jan Kowalski."""
    words = re.split(r"[._+\-\d]+", address.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)
