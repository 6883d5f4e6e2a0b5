"""What a search for a plan has found so far."""

from dataclasses import dataclass, field

from kawka.engine.planner.instance import Instance, Plan, faults, score


@dataclass
class Search:
    """The best plan so far, what it is worth, and what no plan is worth more than."""

    instance: Instance
    plan: Plan | None = None
    value: float = float("-inf")
    bound: float = float("inf")
    notes: list[str] = field(default_factory=list)

    def offer(self, plan: Plan | None) -> bool:
        """Keep the plan if it is better; whether it breaks no rule."""
        if plan is None or faults(self.instance, plan):
            return False
        value = score(self.instance, plan)
        if self.plan is None or value > self.value + 1e-9:
            self.plan, self.value = plan, value
        return True

    def limit(self, bound: float) -> None:
        """Note what no plan is worth more than."""
        self.bound = min(self.bound, bound)

    @property
    def is_proven(self) -> bool:
        """Whether no plan is worth more."""
        return self.plan is not None and self.value >= self.bound - 1e-6 * max(1.0, abs(self.bound))
