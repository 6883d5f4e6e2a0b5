"""The lexicon as volunteers write it: TOML files, read whole, with one digest over everything."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
KINDS = ("trade", "segment", "item")
ALSO = ("generic.txt", "abbr.toml", "stop.txt", "aspects.txt")

Entries = dict[str, dict[str, Any]]


def toml_files(folder: Path = FOLDER / "lexicon") -> list[Path]:
    """The files of the lexicon in a fixed order."""
    return sorted(folder.glob("*.toml"))


def entries(paths: list[Path]) -> dict[str, Entries]:
    """All entries by kind and id; an id written twice is an error that names both files."""
    found: dict[str, Entries] = {kind: {} for kind in KINDS}
    written: dict[str, str] = {}
    more: list[tuple[str, dict[str, Any]]] = []
    for path in paths:
        for kind, by_id in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if kind == "more":
                more += by_id.items()
                continue
            if kind not in found:
                raise ValueError(f"{path.name}: no such kind of entry: {kind}")
            for one, entry in by_id.items():
                if one in written:
                    raise ValueError(f"{path.name}: {one} is written already in {written[one]}")
                written[one] = path.name
                found[kind][one] = entry
    for one, added in more:
        _add(next((by_id[one] for by_id in found.values() if one in by_id), None), one, added)
    return found


def _add(entry: dict[str, Any] | None, one: str, added: dict[str, Any]) -> None:
    """[more.x] adds words to an entry of another file."""
    if entry is None:
        raise ValueError(f"[more.{one}]: there is no such entry")
    for name, value in added.items():
        entry[name] = (
            {**entry.get(name, {}), **value} if isinstance(value, dict) else [*entry.get(name, []), *value]
        )


def digest(paths: list[Path]) -> str:
    """What the compiled file must have been made from."""
    summed = hashlib.sha256()
    for path in [*paths, *(FOLDER / name for name in ALSO)]:
        summed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return summed.hexdigest()[:32]
