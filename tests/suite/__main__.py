"""Every check there is, two at a time; a line for each at the end. `script/test` calls it."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.suite import machine, postgres, summary
from tests.suite.parts import PARTS, Part
from tests.suite.summary import Outcome

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Suite:
    """One run of everything: what was found on the machine, what is running, what came of it."""

    needs: dict[str, "Future[dict[str, str]]"] = field(default_factory=dict)
    running: set["subprocess.Popen[str]"] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)
    clusters: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def provide(self, need: str) -> dict[str, str]:
        """Obtains what a part needs; returns the variables that tell the part about it."""
        if need == "gettext":
            machine.obtain("gettext", machine.gettext)
            return {}
        if need == "chromium":
            machine.obtain("libatomic1", machine.browser_driver)
            machine.obtain("chromium", machine.chromium)
            return {"CHROMIUM": machine.chromium()}
        machine.obtain("postgresql", machine.postgresql)
        cluster = postgres.temporary_cluster(machine.postgresql())
        return {"DATABASE_URL": self.clusters.enter_context(cluster)}

    def carry_out(self, part: Part) -> Outcome:
        """Runs one part and says at once how it went."""
        try:
            environment = self.needs[part.needs].result() if part.needs else {}
        except (machine.Missing, RuntimeError, subprocess.CalledProcessError) as missing:
            return summary.tell(Outcome(part, left_out=str(missing)))
        begun = time.monotonic()
        code, text = self.run(part, environment)
        return summary.tell(Outcome(part, code, time.monotonic() - begun, text))

    def run(self, part: Part, environment: dict[str, str]) -> tuple[int, str]:
        """The exit code and everything the part wrote."""
        if self.over.is_set():
            return 130, ""
        process = subprocess.Popen(
            part.command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.running.add(process)
        text, _ = process.communicate()
        self.running.discard(process)
        return process.returncode, text

    def stop(self) -> None:
        """Ends everything that still runs."""
        self.over.set()
        for process in list(self.running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


def main() -> int:
    """Runs all parts; 0 when every one passed (and, with CI set, none was left out)."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    suite = Suite()
    outcomes: list[Outcome] = []
    with suite.clusters, ThreadPoolExecutor(1) as preparing, ThreadPoolExecutor(2) as lanes:
        try:
            for need in ("gettext", "postgresql", "chromium"):
                suite.needs[need] = preparing.submit(suite.provide, need)
            together = [part for part in PARTS if not part.alone]
            outcomes += lanes.map(suite.carry_out, together)
            outcomes += [suite.carry_out(part) for part in PARTS if part.alone]
        except BaseException:
            suite.stop()
            raise
    return summary.close(outcomes)


if __name__ == "__main__":
    sys.exit(main())
