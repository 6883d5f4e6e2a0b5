"""A year of a group that plans its talks, beside other ways to find each other: does it make better meetings?

    .venv/bin/python bench/season.py [--simulator ../shared/planner] [--seeds 20] [--only mingle Kawka]

Shares are of the useful pairs (one can help the other) that have talked after so many weeks. The simulator is
a directory with the package `season`; a policy sees scores and talks, never who can really help whom.
"""

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kawka.engine.planner.instance import Instance, Plan
from kawka.engine.planner.season import season_worth
from kawka.engine.planner.solving import solve
from kawka.engine.talk_worth import Past

SIMULATOR = Path(__file__).resolve().parents[2] / "shared" / "planner"
WEEKS = (2, 4, 8, 12, 26, 52)
PLANNED = (0.42, 0.64, 0.87, 0.95, 1.0, 1.0)
Policy = Callable[[Any], Plan]


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description="A year of a group, by policy.")
    arguments.add_argument("--simulator", type=Path, default=SIMULATOR)
    arguments.add_argument("--seeds", type=int, default=20)
    arguments.add_argument("--auc", type=float, nargs="*", default=[0.85])
    arguments.add_argument("--only", nargs="*", default=[])
    given = arguments.parse_args()
    sys.path.insert(0, str(given.simulator))
    season = importlib.import_module("season.season")
    policies = {**season.POLICIES, "Kawka": kawka}
    for auc in given.auc:
        compare(
            season, {k: v for k, v in policies.items() if k in given.only or not given.only}, auc, given.seeds
        )


def compare(season: Any, policies: dict[str, Policy], auc: float, seeds: int) -> None:
    """One line for each policy; the ratio is to the first line in week 4."""
    print(f"scores of AUC {auc}, {seeds} years each")
    print(
        f"{'weeks':18}"
        + "".join(f"{week:7}" for week in WEEKS)
        + f"{'ratio':>8}{'guests':>8}{'least':>7}{'s':>6}"
    )
    first = 0.0
    for name, policy in policies.items():
        begun = time.perf_counter()
        config = season.Config(auc=auc)
        years = [season.simulate(policy, config, seed, checkpoints=WEEKS) for seed in range(seeds)]
        shares = [float(np.mean([year[week]["useful_pairs"] for year in years])) for week in WEEKS]
        guests = float(np.nanmean([year[WEEKS[-1]]["guest_helped"] for year in years]))
        least = float(np.mean([year[WEEKS[1]]["min_person"] for year in years]))
        first = first or shares[1]
        figures = "".join(f"{share:7.3f}" for share in shares)
        spent = time.perf_counter() - begun
        print(f"{name:18}{figures}{shares[1] / first:8.2f}{guests:8.2f}{least:7.2f}{spent:6.0f}", flush=True)
    print(f"{'research, planned':18}" + "".join(f"{share:7.2f}" for share in PLANNED) + "\n")


def kawka(state: Any) -> Plan:
    """The planner as the product uses it: worth of the season, then the best pairs."""
    people = [str(one) for one in range(len(state.ids))]
    every = [(a, b) for a in range(len(people)) for b in range(len(people)) if a != b]
    talked = [(a, b) for a, b in every if state.talked[a, b]]
    worth = season_worth(
        {(people[a], people[b]): 100 * float(state.score[a, b]) for a, b in every},
        {
            (people[a], people[b]): Past(int(state.talked[a, b]), float(state.week - state.last[a, b]))
            for a, b in talked
        },
        helped={one: float(helped) for one, helped in zip(people, state.helped, strict=True)},
        comes={one: float(share) for one, share in zip(people, state.attendance, strict=True)},
        guests={one for one, guest in zip(people, state.guest, strict=True) if guest},
        company=True,
    )
    gain = np.zeros((len(people), len(people)))
    for (one, other), value in worth.items():
        gain[int(one), int(other)] = round(10 * value)
    return solve(as_instance(gain, state.cfg.rounds), 0.05, 1).plan


def as_instance(gain: np.ndarray, rounds: int) -> Instance:
    """Everybody in pairs in every round, one table of three when they are odd."""
    n = len(gain)
    sizes = (2,) * (n // 2) if n % 2 == 0 else (3, *(2,) * (n // 2 - 1))
    return Instance(
        id="",
        n=n,
        rounds=rounds,
        sizes=(sizes,) * rounds,
        present=np.ones((n, rounds), dtype=bool),
        gain=gain,
    )


if __name__ == "__main__":
    main()
