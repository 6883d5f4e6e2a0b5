"""`kawka backup FILE`: everything an instance cannot be made again from, in one archive."""

import os
import sqlite3
import tarfile
import tempfile
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    """Writes the archive beside its final name first: a half-written one is never mistaken for whole."""

    help = "Write the database, uploaded files and the secret key into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if file.exists():
            raise CommandError(f"{file} is there already; choose another name.", returncode=2)
        if connection.vendor != "sqlite":
            raise CommandError(
                f"This instance uses PostgreSQL: save it with pg_dump, and copy {settings.DATA}.",
                returncode=2,
            )
        database = Path(settings.DATABASES["default"]["NAME"])
        if not database.exists():
            raise CommandError(f"There is nothing to save in {settings.DATA} yet.", returncode=2)
        try:
            write_archive(file, database, settings.DATA)
        except OSError as error:
            raise CommandError(f"Cannot write {file}: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"Saved {file} ({file.stat().st_size:,} bytes).")


def write_archive(file: Path, database: Path, data: Path) -> None:
    """A tar.gz of the database and what lies beside it in `data`, readable by its owner alone."""
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with tempfile.TemporaryDirectory() as folder, os.fdopen(descriptor, "wb") as out:
            copy = Path(folder) / "kawka.sqlite3"
            copy_database(database, copy)
            with tarfile.open(fileobj=out, mode="w:gz") as archive:
                archive.add(copy, "kawka.sqlite3")
                for name in ("media", "secret_key"):
                    if (data / name).exists():
                        archive.add(data / name, name)
        Path(unfinished).replace(file)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def copy_database(database: Path, copy: Path) -> None:
    """A consistent copy, whether or not Kawka is running."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
