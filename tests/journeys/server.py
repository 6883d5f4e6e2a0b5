"""The real server on a data folder of its own: started, stopped, killed and started again by journeys."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.suite.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 60  # seconds
STOPS_WITHIN = 5


class Server:
    """`kawka serve` as a process; the port and the data stay the same over restarts."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "KAWKA_URL": self.base_url, **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the first page answers."""
        command = [sys.executable, "-P", "-m", "kawka", "serve", "--port", str(self.port)]
        command += ["--data", str(self.data)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment)
        until = time.monotonic() + READY_WITHIN
        while not self.answers():
            assert self.process.poll() is None, f"the server ended:\n{self.log.read_text()}"
            assert time.monotonic() < until, f"the server does not answer:\n{self.log.read_text()}"
            time.sleep(0.05)

    @property
    def log(self) -> Path:
        """What the server wrote."""
        return self.data.with_suffix(".log")

    def answers(self) -> bool:
        """Whether the server answers anything at all."""
        try:
            urllib.request.urlopen(self.base_url, timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def stop(self) -> float:
        """Ctrl-C; returns how many seconds it took to end."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=STOPS_WITHIN)
        return time.monotonic() - begun

    def kill(self) -> None:
        """SIGKILL: the server gets no chance to save or say anything."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def python(self, code: str) -> str:
        """Runs Python on the same data, as the shell would; returns what it printed."""
        environment = {**self.environment, "KAWKA_DATA": str(self.data)}
        environment["DJANGO_SETTINGS_MODULE"] = "kawka.site.settings"
        command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def command(self, *arguments: str) -> str:
        """Runs another `kawka` command on the same data; returns what it printed."""
        command = [sys.executable, "-P", "-m", "kawka", *arguments, "--data", str(self.data)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout
