"""Waiting times that do not bring everybody back at the same moment."""

from random import SystemRandom

_random = SystemRandom()


def jittered(seconds: float, spread: float = 0.1) -> float:
    """`seconds`, more or less by a share of up to `spread`."""
    return seconds * _random.uniform(1 - spread, 1 + spread)


def growing(first: float, failures: int, *, factor: float, most: float) -> float:
    """How long to wait after so many failures in a row, from 1: `first`, then `factor` times as long, ..."""
    return jittered(min(first * factor ** min(failures - 1, 30), most))
