"""python -m kawka.engine.planner solve INSTANCE.json [--seconds 1] [--seed 1] --out PLAN.json"""

import argparse
import json
import sys
from pathlib import Path

from kawka.engine.planner.instance import InstanceError
from kawka.engine.planner.reading import read
from kawka.engine.planner.solving import solve


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; 2 when there is no plan or the input is not as documented."""
    parser = argparse.ArgumentParser(
        prog="python -m kawka.engine.planner", description="Who talks with whom."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    plan = commands.add_parser("solve", help="plan the rounds of an instance")
    plan.add_argument("instance", type=Path)
    plan.add_argument("--seconds", type=float, default=1.0, help="about how long to search")
    plan.add_argument("--seed", type=int, default=1, help="the same seed gives the same plan")
    plan.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        instance = read(json.loads(given.instance.read_text(encoding="utf-8")))
        found = solve(instance, given.seconds, given.seed)
        written = {
            "format": "talk-plan/1",
            "instance": instance.id,
            "rounds": found.plan,
            "value": found.value,
            "bound": found.bound,
            "proven": found.proven,
        }
        given.out.write_text(json.dumps(written), encoding="utf-8")
    except InstanceError as error:
        print(error, file=sys.stderr)
        return 2
    except (OSError, ValueError, RecursionError) as error:
        print(f"{given.instance}: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
