"""How long starting takes: from `script/server` to the first page, and from Ctrl-C to the end.

    .venv/bin/python bench/start.py [--rounds 5]

Starts the server on a temporary folder: once with nothing there, then again on the same data; prints medians
and their ratios to the promise of five seconds.
"""

import argparse
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROMISE = 5.0


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description="How long starting and stopping take.")
    arguments.add_argument("--rounds", type=int, default=5)
    rounds: int = arguments.parse_args().rounds
    times: dict[str, list[float]] = {"first start": [], "second start": [], "Ctrl-C": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as data:
            for start in ("first start", "second start"):
                ready, ended = start_and_stop(data)
                times[start].append(ready)
                times["Ctrl-C"].append(ended)
    print(f"{'':14}{'median s':>10}{'worst s':>10}{'of 5 s':>10}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:14}{median:10.2f}{max(seconds):10.2f}{median / PROMISE:10.0%}")


def start_and_stop(data: str) -> tuple[float, float]:
    """Seconds from the command to the first page, and from Ctrl-C to the end of the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    command = [str(ROOT / "script" / "server"), "--data", data, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        while not answers(f"http://127.0.0.1:{port}/"):
            assert server.poll() is None, "the server ended"
            time.sleep(0.01)
        ready = time.monotonic()
        server.send_signal(signal.SIGINT)
        server.wait(timeout=PROMISE)
        return ready - begun, time.monotonic() - ready


def answers(address: str) -> bool:
    """Whether the first page comes."""
    try:
        urllib.request.urlopen(address, timeout=10).close()
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
