"""Who talks with whom, in which round, at which table."""

from kawka.engine.planner.planning import plan_talks
from kawka.engine.planner.replanning import add_latecomer, remove_leaver

__all__ = ["add_latecomer", "plan_talks", "remove_leaver"]
