"""How good the plans are and what they cost, beside other ways to make them.

    .venv/bin/python bench/planner.py [--instances ../shared/planner/instances/dev] [--seconds 1]
                                      [--only n25] [--baselines] [--growth] [--laws 10000]

Percent are of the instance's own upper bound, or of ours where it has none. `--baselines` adds greedy pairs
by networkx and rustworkx, round after round, and CP-SAT (ten seconds); `--growth` shows how cost grows with
people; `--laws` tries so many random instances, tiny and contradictory ones among them.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import networkx
import numpy as np
from hypothesis import HealthCheck, given, seed, settings
from ortools.sat.python import cp_model

from kawka.engine.planner.instance import Instance, InstanceError, Plan, faults, score
from kawka.engine.planner.reading import read
from kawka.engine.planner.rematching import deal
from kawka.engine.planner.solving import solve
from kawka.engine.planner.stretches import is_paired, prepare

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.engine.planner.rooms import instances

INSTANCES = Path(__file__).resolve().parents[2] / "shared" / "planner" / "instances" / "dev"
CP_SECONDS = 10.0
GROWTH = (12, 25, 50, 100, 200, 500)
Way = Callable[[Instance], Plan | None]


def main() -> None:
    """Prints the tables."""
    arguments = argparse.ArgumentParser(description="Plans of talks, side by side.")
    arguments.add_argument("--instances", type=Path, default=INSTANCES)
    arguments.add_argument("--seconds", type=float, default=1.0)
    arguments.add_argument("--only", nargs="*", default=[])
    arguments.add_argument("--baselines", action="store_true")
    arguments.add_argument("--growth", action="store_true")
    arguments.add_argument("--laws", type=int, default=0)
    asked = arguments.parse_args()
    if asked.laws:
        laws(asked.laws)
        return
    if asked.growth:
        growth(asked.seconds)
        return
    table(asked.instances, asked.only, asked.seconds, baselines=asked.baselines)


def table(folder: Path, only: list[str], seconds: float, *, baselines: bool) -> None:
    """One line for each instance; in brackets how much longer another way takes and what it reaches."""
    print(f"{'':34}{'value':>12}{'% bound':>9}{'% best':>8}{'ms':>8}  proven")
    for path in sorted(folder.glob("*.json")):
        if only and not any(part in path.name for part in only):
            continue
        data = json.loads(path.read_text())
        instance, bounds = read(data), data.get("bounds", {})
        begun = time.perf_counter()
        found = solve(instance, seconds, 1)
        spent = time.perf_counter() - begun
        assert not faults(instance, found.plan), path.name
        upper, best = bounds.get("upper") or found.bound, bounds.get("best_known") or found.value
        shares = f"{100 * found.value / upper:9.3f}{100 * found.value / best:8.2f}"
        proven = "yes" if found.proven else ""
        others = "".join(beside(instance, upper, spent)) if baselines and is_paired(instance) else ""
        print(f"{path.stem:34}{found.value:12.2f}{shares}{1000 * spent:8.0f}  {proven:4}{others}", flush=True)


def beside(instance: Instance, upper: float, spent: float) -> Iterator[str]:
    """What other ways reach and cost."""
    for name, way in (("rustworkx", by_rustworkx), ("networkx", by_networkx), ("CP-SAT", by_cp_sat)):
        begun = time.perf_counter()
        plan = way(instance)
        ratio = (time.perf_counter() - begun) / spent
        good = plan is not None and not faults(instance, plan)
        reached = f"{100 * score(instance, plan) / upper:.2f}" if good and plan else "none"
        yield f"  {name} {reached} ({ratio:.1f}x)"


def by_rustworkx(instance: Instance) -> Plan | None:
    """The best round, then the best of what is left, and so on."""
    rounds = deal(prepare(instance))
    return rounds.plan() if rounds else None


def by_networkx(instance: Instance) -> Plan | None:
    """The same with plain Python; rounds in which everybody is there."""
    if instance.n > 200 or instance.previous is not None:
        return None
    allowed = ~np.eye(instance.n, dtype=bool)
    for a, b in instance.never:
        allowed[a, b] = allowed[b, a] = False
    worth = instance.worth.copy()
    for a, b in instance.must:
        worth[a, b] += 10_000
    plan: Plan = []
    for number in range(instance.rounds):
        graph = networkx.Graph()
        people = np.nonzero(instance.present[:, number])[0].tolist()
        graph.add_weighted_edges_from(
            (a, b, float(worth[a, b])) for a, b in combinations(people, 2) if allowed[a, b]
        )
        pairs = networkx.max_weight_matching(graph, maxcardinality=True)
        chosen = sorted(pairs, key=lambda both: -worth[both[0], both[1]])[: len(instance.sizes[number])]
        for a, b in chosen:
            allowed[a, b] = allowed[b, a] = False
        plan.append([list(both) for both in chosen])
    return plan


def by_cp_sat(instance: Instance) -> Plan | None:
    """Every pair in every round is a yes or no."""
    if instance.n > 50 or instance.fairness or instance.previous is not None:
        return None
    model, chosen = cp_model.CpModel(), {}
    for number in range(instance.rounds):
        here = np.nonzero(instance.present[:, number])[0].tolist()
        for a, b in combinations(here, 2):
            if (a, b) not in instance.never:
                chosen[number, a, b] = model.new_bool_var("")
        model.add(sum(v for (r, _, _), v in chosen.items() if r == number) == len(instance.sizes[number]))
        for one in here:
            model.add(sum(v for (r, a, b), v in chosen.items() if r == number and one in (a, b)) <= 1)
    for a, b in combinations(range(instance.n), 2):
        times = sum(chosen[r, a, b] for r in range(instance.rounds) if (r, a, b) in chosen)
        model.add(times == 1 if (a, b) in instance.must else times <= 1)
    if instance.max_byes is not None:
        for one in range(instance.n):
            sits = sum(v for (_, a, b), v in chosen.items() if one in (a, b))
            model.add(sits >= int(instance.present[one].sum()) - instance.max_byes)
    model.maximize(sum(float(instance.worth[a, b]) * v for (_, a, b), v in chosen.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = CP_SECONDS, 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [
        [[a, b] for (r, a, b), v in chosen.items() if r == number and solver.value(v)]
        for number in range(instance.rounds)
    ]


def growth(seconds: float) -> None:
    """How cost grows with the number of people: five rounds, no wishes; odd rooms have a table of three."""
    print(f"{'people':>7}{'% bound':>9}{'ms':>8}{'ratio':>7}   {'odd':>5}{'% bound':>9}{'ms':>8}{'ratio':>7}")
    before = [0.0, 0.0]
    for people in GROWTH:
        line = ""
        for place, n in enumerate((people, people + 1)):
            instance = random_room(n, 5)
            begun = time.perf_counter()
            found = solve(instance, seconds, 1)
            spent = time.perf_counter() - begun
            ratio = spent / before[place] if before[place] else 1.0
            before[place] = spent
            name = f"{n:7}" if not place else f"   {n:5}"
            line += f"{name}{100 * found.value / found.bound:9.3f}{1000 * spent:8.0f}{ratio:7.1f}"
        print(line, flush=True)


def random_room(n: int, rounds: int) -> Instance:
    """Everybody in pairs all the time, one three when they are odd; gains like those of a matcher."""
    chance = Random(n)
    gain = [[round(60 * chance.random() ** 4) for _ in range(n)] for _ in range(n)]
    sizes = [2] * (n // 2) if n % 2 == 0 else [3] + [2] * (n // 2 - 1)
    return read({"n": n, "rounds": rounds, "sizes": [sizes] * rounds, "gain_matrix": gain})


def laws(count: int) -> None:
    """Random instances: a plan that breaks no rule and comes again for its seed, or one sentence."""
    seen: Counter[str] = Counter()
    slowest = 0.0

    @seed(1)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(instances())
    def keeps_the_laws(data: dict[str, Any]) -> None:
        nonlocal slowest
        begun = time.perf_counter()
        try:
            instance = read(data)
            found = solve(instance, 0.05, 1)
        except InstanceError as error:
            assert "\n" not in str(error)
            seen["no plan"] += 1
            return
        slowest = max(slowest, time.perf_counter() - begun)
        assert faults(instance, found.plan) == []
        assert abs(found.value - score(instance, found.plan)) < 1e-6
        assert found.value <= found.bound + 1e-6
        seen["proven" if found.proven else "plan"] += 1
        if sum(seen.values()) % 20 == 0:
            assert solve(instance, 0.05, 1) == found

    keeps_the_laws()
    print(f"{sum(seen.values())} instances, the slowest {slowest:.2f} s: {dict(seen)}")


if __name__ == "__main__":
    main()
