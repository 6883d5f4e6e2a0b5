"""python -m kawka.engine.matching rank PEOPLE.json --out FILE [--confidence FILE] [--relations FILE]"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kawka.engine.matching.cards import Person, person_from
from kawka.engine.matching.index import build


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 2 when the input is not as documented."""
    parser = argparse.ArgumentParser(
        prog="python -m kawka.engine.matching", description="Who can help with what."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    rank = commands.add_parser("rank", help="rank the people for every ask in a file")
    rank.add_argument("people", type=Path)
    rank.add_argument("--out", type=Path, required=True)
    rank.add_argument("--confidence", type=Path)
    rank.add_argument("--relations", type=Path)
    given = parser.parse_args(arguments)
    try:
        people = read_people(given.people)
        for path, value in ranked(people, given).items():
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    except (OSError, ValueError) as error:
        print(f"{given.people}: {error}", file=sys.stderr)
        return 2
    return 0


def read_people(path: Path) -> list[Person]:
    """The people of a file, each with an id and, if any, asks with id and text."""
    read = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(read, list):
        raise ValueError("a list of people is expected")
    people = [person_of(one) for one in read]
    for name, codes in (
        ("person", [one.id for one in people]),
        ("ask", [code for one in people for code, _ in one.asks]),
    ):
        twice = (
            next((code for code in codes if codes.count(code) > 1), None)
            if len(set(codes)) < len(codes)
            else None
        )
        if twice is not None:
            raise ValueError(f"{name} {twice} is there twice")
    return people


def person_of(one: Any) -> Person:
    """One person; the message names what is wrong with whom."""
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        raise ValueError("every person needs an id")
    for name in ("headline", "about", "client", "lang"):
        if not isinstance(one.get(name) or "", str):
            raise ValueError(f"{name} of {one['id']} must be a text")
    offers, asks = one.get("offers") or [], one.get("asks") or []
    if not isinstance(offers, list) or not all(isinstance(offer, str) for offer in offers):
        raise ValueError(f"offers of {one['id']} must be a list of texts")
    good = isinstance(asks, list) and all(
        isinstance(ask, dict) and isinstance(ask.get("id"), str) and isinstance(ask.get("text"), str)
        for ask in asks
    )
    if not good:
        raise ValueError(f"every ask of {one['id']} needs an id and a text")
    return person_from(one)


def ranked(people: list[Person], given: argparse.Namespace) -> dict[Path, Any]:
    """What to write into which file."""
    index = build(people)
    answers = {code: index.answer(code, person.id) for person in people for code, _ in person.asks}
    files: dict[Path, Any] = {
        given.out: {
            code: [[m.person, round(m.score, 6)] for m in answer.matches] for code, answer in answers.items()
        }
    }
    if given.confidence:
        files[given.confidence] = {code: round(answer.confidence, 6) for code, answer in answers.items()}
    if given.relations:
        files[given.relations] = {
            code: {match.person: match.relation for match in answer.matches}
            for code, answer in answers.items()
        }
    return files


if __name__ == "__main__":
    sys.exit(main())
