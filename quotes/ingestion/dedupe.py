"""Which texts are one: wire copy that papers cut, begin anew and edit.

A text is the set of its runs of five words, folded, each a number. Two are one if most runs of the shorter
stand in the other. The few smallest numbers of a text are its keys, by which its copies are found: a text
that was cut to a third has a third of the other's keys.
"""

import re
import zlib

import numpy as np

from quotes.folding import fold

KEYS = 24
_RUN = 5  # words
_LEAST_RUNS = 40  # of the shorter: less tells nothing
_LEAST_SHARE = 0.5  # of the runs of the shorter
_WORD = re.compile(r"[^\W_]+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def runs_of(text: str) -> frozenset[int]:
    """The runs of words in `text`, as numbers of 63 bits."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(fold(text))]
    if len(words) < _RUN:
        return frozenset()
    hashes = np.array(words, dtype=np.uint64)
    mixed = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for offset in range(_RUN):
        mixed = (mixed ^ hashes[offset : offset + len(mixed)]) * _MIX
        mixed ^= mixed >> _SHIFT
    return frozenset((mixed >> np.uint64(1)).tolist())


def keys_of(runs: frozenset[int]) -> list[int]:
    """What a text is looked up by, in order; nothing for one that is too short."""
    return sorted(runs)[:KEYS] if len(runs) >= _LEAST_RUNS else []


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter stands in the other, 0 to 1; 0 if there is too little of it."""
    least = min(len(one), len(other))
    return len(one & other) / least if least >= _LEAST_RUNS else 0.0


def is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether the texts with these runs are one."""
    return share(one, other) >= _LEAST_SHARE
