"""Every text has its Polish, nothing is left over, and the compiled file is the one that belongs to it."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "kawka"
MESSAGES = Path("locale") / "pl" / "LC_MESSAGES" / "django.po"
COMMAND = [sys.executable, "-m", "django", "makemessages", "-l", "pl", "--no-location", "--no-wrap"]


@pytest.fixture(scope="module")
def written() -> polib.POFile:
    """The Polish texts as they are in the repository."""
    return polib.pofile(str(PACKAGE / MESSAGES))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The same file after collecting all texts anew in a copy of the package."""
    copy = tmp_path_factory.mktemp("messages") / "kawka"
    leave = shutil.ignore_patterns("__pycache__", "static", "migrations", "*.pyc")
    shutil.copytree(PACKAGE, copy, ignore=leave)
    settings = ["--settings", "kawka.site.settings"]
    subprocess.run([*COMMAND, *settings], cwd=copy, check=True, capture_output=True, text=True)
    return polib.pofile(str(copy / MESSAGES))


def texts(file: polib.POFile) -> set[tuple[str, str]]:
    return {(entry.msgctxt or "", entry.msgid) for entry in file if not entry.obsolete}


def test_every_text_is_in_the_polish_file_and_none_is_left_over(
    written: polib.POFile, wanted: polib.POFile
) -> None:
    assert texts(wanted) - texts(written) == set()
    assert texts(written) - texts(wanted) == set()
    assert [entry.msgid for entry in written.obsolete_entries()] == []


def test_every_text_has_its_polish(written: polib.POFile) -> None:
    assert [entry.msgid for entry in written.untranslated_entries()] == []
    assert [entry.msgid for entry in written.fuzzy_entries()] == []


def test_every_plural_has_all_four_forms(written: polib.POFile) -> None:
    plurals = [entry for entry in written if entry.msgid_plural]

    assert [entry.msgid for entry in plurals if sorted(entry.msgstr_plural) != [0, 1, 2, 3]] == []
    assert [entry.msgid for entry in plurals if not all(entry.msgstr_plural.values())] == []


def test_the_compiled_file_belongs_to_the_written_one(written: polib.POFile) -> None:
    compiled = polib.mofile(str((PACKAGE / MESSAGES).with_suffix(".mo")))

    def everything(file: polib.POFile | polib.MOFile) -> dict[tuple[str, str], object]:
        entries = (entry for entry in file if not entry.obsolete)
        return {(entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}

    assert everything(compiled) == everything(written)
