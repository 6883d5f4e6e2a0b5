"""Runs chosen tests on a PostgreSQL of their own: python -m tests.suite.on_postgres tests/jobs"""

import os
import subprocess
import sys

from tests.suite import machine, postgres
from tests.suite.parts import PYTEST


def main() -> int:
    """pytest's exit code."""
    with postgres.temporary_cluster(machine.postgresql()) as address:
        return subprocess.run(
            [*PYTEST, *sys.argv[1:]], env={**os.environ, "DATABASE_URL": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
