"""Two calendar programs nobody here wrote: khal, and libical by which GNOME and KDE read calendars."""

import ctypes
import ctypes.util
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.suite import machine

CONFIGURATION = """[calendars]
[[kawka]]
path = {folder}/kawka
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = {zone}
local_timezone = {zone}
[default]
default_calendar = kawka
[sqlite]
path = {folder}/khal.db
"""
VEVENT = 4  # icalcomponent_kind of libical 3


class IcalTime(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


class Khal:
    """khal with a calendar of its own; what is imported again is updated by its UID."""

    def __init__(self, folder: Path, zone: str) -> None:
        (folder / "kawka").mkdir()
        self.folder = folder
        self.configuration = folder / "khal.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, zone=zone))

    def run(self, *arguments: str) -> str:
        """What one command printed."""
        command = [sys.executable, "-m", "khal", "-c", str(self.configuration), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def take(self, feed: bytes) -> None:
        """Import a feed, as its user would."""
        file = self.folder / "feed.ics"
        file.write_bytes(feed)
        self.run("import", "--batch", "-a", "kawka", str(file))

    def dates(self, first: str, last: str) -> list[str]:
        """What is shown from the first to the last day: "day hour name", called-off dates by their name."""
        told = self.run("list", "--format", "{start-date} {start-time} {title}", "-df", "", first, last)
        return [line for line in told.splitlines() if line]


def libical() -> ctypes.CDLL:
    """The library, installed from Debian's packages when it is missing."""
    machine.obtain("libical3", found_libical)
    library = ctypes.CDLL(found_libical())
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalcomponent_get_first_component.restype = ctypes.c_void_p
    library.icalcomponent_get_next_component.restype = ctypes.c_void_p
    library.icalcomponent_get_dtstart.restype = IcalTime
    library.icalcomponent_get_uid.restype = ctypes.c_char_p
    library.icaltime_as_timet_with_zone.restype = ctypes.c_longlong
    return library


def found_libical() -> str:
    """The name libical is loaded by."""
    name = ctypes.util.find_library("ical")
    if name is None:
        raise machine.Missing("there is no libical")
    return name


def starts(feed: bytes) -> dict[str, datetime]:
    """When each entry starts by libical's reckoning, which takes the zone from the file itself; by UID."""
    library = libical()
    whole = ctypes.c_void_p(library.icalparser_parse_string(feed))
    found: dict[str, datetime] = {}
    one = library.icalcomponent_get_first_component(whole, VEVENT)
    while one:
        entry = ctypes.c_void_p(one)
        start = library.icalcomponent_get_dtstart(entry)
        seconds = library.icaltime_as_timet_with_zone(start, ctypes.c_void_p(start.zone))
        uid = library.icalcomponent_get_uid(entry).decode()
        found[uid] = datetime.fromtimestamp(seconds, UTC)
        one = library.icalcomponent_get_next_component(whole, VEVENT)
    return found
