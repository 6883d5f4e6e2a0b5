"""What a run says: a line when a part is done, all its words when it failed, a table at the end."""

import os
import re
from dataclasses import dataclass

from tests.suite.parts import Part

COUNTED = re.compile(r"(\d+) (passed|failed|errors?)\b")
CLOSING = re.compile(r"^=*\s*(\d+ (?:passed|failed|error|skipped|deselected).* in [\d.]+s.*?)\s*=*$")


@dataclass(frozen=True)
class Outcome:
    """How one part went."""

    part: Part
    code: int = 0
    seconds: float = 0.0
    text: str = ""
    left_out: str = ""

    @property
    def word(self) -> str:
        """passed, FAILED or left out."""
        if self.left_out:
            return "left out"
        return "FAILED" if self.code else "passed"

    @property
    def closing(self) -> str:
        """The tests' own closing line; nothing for other parts."""
        lines = [found[1] for line in self.text.splitlines() if (found := CLOSING.match(line))]
        return lines[-1] if lines else ""


def tell(outcome: Outcome) -> Outcome:
    """Prints how a part went; everything it wrote when it failed."""
    if outcome.code:
        print(f"----- {outcome.part.name} -----\n{outcome.text.rstrip()}\n-----", flush=True)
    print(f"{outcome.word:8}  {outcome.part.name}  {outcome.seconds:.1f} s", flush=True)
    return outcome


def close(outcomes: list[Outcome]) -> int:
    """Prints the table and the sum of all tests; returns the exit code."""
    print()
    for outcome in outcomes:
        remark = outcome.left_out or outcome.closing
        print(f"{outcome.word:8}  {outcome.seconds:6.1f} s  {outcome.part.name:22}  {remark}".rstrip())
    print()
    passed, failed = count(outcomes)
    print(f"{passed} passed, {failed} failed")
    wrong = any(outcome.code for outcome in outcomes)
    left_out = any(outcome.left_out for outcome in outcomes)
    if left_out and in_ci():
        print("Something was left out, which is a failure when CI is set.")
        return 1
    return 1 if wrong else 0


def in_ci() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def count(outcomes: list[Outcome]) -> tuple[int, int]:
    """Tests passed and failed in all parts; a failed part without tests counts as one failure."""
    passed = failed = 0
    for outcome in outcomes:
        counts = {word.rstrip("s"): int(number) for number, word in COUNTED.findall(outcome.closing)}
        passed += counts.get("passed", 0)
        failures = counts.get("failed", 0) + counts.get("error", 0)
        failed += failures or (1 if outcome.code else 0)
    return passed, failed
