"""How state machines play: the same short games in CI, others and longer ones by themselves."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def play(
    machine: Callable[[], RuleBasedStateMachine], examples: int, steps: int, same_each_time: bool
) -> None:
    """So many games of at most so many steps; a short one that fails is not made smaller."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=same_each_time,
            phases=[Phase.generate] if same_each_time else list(Phase),
        ),
    )
