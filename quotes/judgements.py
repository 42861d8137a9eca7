"""What editors made of the extractor's claims, counted in the database.

A claim is a quote that the extractor gave to somebody and that an editor decided about since it was last
unreviewed. It is right where the quote is approved with that speaker and those words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from django.db import connection

from quotes.accuracy import Share
from quotes.models import Source

K = TypeVar("K")


class Outcome(StrEnum):
    """What became of a claim, the first that fits."""

    RIGHT = "right"
    SPEAKER = "speaker"  # somebody else said it
    WORDS = "words"  # it begins or ends elsewhere
    NO_QUOTE = "no-quote"  # nobody said it
    REJECTED = "rejected"  # for another reason, or for none that was told
    RETRACTED = "retracted"
    # What says nothing of the extractor:
    DUPLICATE = "duplicate"
    DISPUTED = "disputed"


# Steps of editors that are looked at, the latest: by so many a share is known to a third of a percent, what
# is older speaks of another extractor, and the page costs the same however many there are.
MOST = 10_000
NOT_COUNTED = frozenset({Outcome.DUPLICATE, Outcome.DISPUTED})


@dataclass(frozen=True, slots=True)
class Judgements:
    """Shares of what was right, by the Monday of its week, outlet, kind and hundredth of confidence.

    `confidences` has the sum of the confidences in each hundredth, of what counts. `unclaimed`: quotes
    that an editor approved and that the extractor had given to nobody, or had not found.
    """

    outcomes: dict[Outcome, int]
    weeks: dict[date, Share]
    sources: dict[Source, Share]
    kinds: dict[str, Share]
    hundredths: dict[int, Share]
    confidences: dict[int, float]
    unclaimed: int

    @property
    def total(self) -> Share:
        return sum(self.hundredths.values(), Share())


def judgements() -> Judgements:
    """By two queries, those of the latest MOST steps; what was first decided before them is left out."""
    outcomes: Counter[Outcome] = Counter()
    confidences: defaultdict[int, float] = defaultdict(float)
    shares: defaultdict[str, defaultdict[str, Share]] = defaultdict(lambda: defaultdict(Share))
    unclaimed = 0
    for by, key, name, count, confidence in _rows():
        if by == "unclaimed":
            unclaimed = count
            continue
        outcome = Outcome(name)
        if by == "hundredth":
            outcomes[outcome] += count
        if outcome in NOT_COUNTED:
            continue
        if by == "hundredth":
            confidences[int(key)] += confidence
        share = Share(count if outcome is Outcome.RIGHT else 0, count)
        if by == "place":
            source, kind = key.split()
            shares["source"][source] += share
            shares["kind"][kind] += share
        else:
            shares[by][key] += share
    names = Source.objects.in_bulk([int(key) for key in shares["source"]])
    weeks: defaultdict[date, Share] = defaultdict(Share)
    for day, share in shares["day"].items():
        weeks[_monday(date.fromisoformat(day))] += share
    return Judgements(
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        weeks=dict(sorted(weeks.items(), reverse=True)),
        sources=_largest_first({names[int(key)]: share for key, share in shares["source"].items()}),
        kinds=_largest_first(shares["kind"]),
        hundredths={int(key): share for key, share in shares["hundredth"].items()},
        confidences=dict(confidences),
        unclaimed=unclaimed,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _largest_first(shares: Mapping[K, Share]) -> dict[K, Share]:
    return dict(sorted(shares.items(), key=lambda item: (-item[1].count, str(item[0]))))


def _rows() -> Iterator[tuple[str, str, str, int, float]]:
    """By what is counted, under which key, the outcome, how many, and the sum of their confidences."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [MOST])
        yield from cursor.fetchall()


# Of each quote the step by which it was first decided and the last one, by one pass over editors' steps.
# Outlet and kind are looked up quote by quote, in an index that holds both (quote_facts): to join them,
# PostgreSQL would read that index from end to end, a million entries for these few. Counted four times.
_QUERY = """
WITH steps AS MATERIALIZED (
    SELECT quote_id, MAX(id) AS last_id,
        MAX(CASE WHEN from_status = 'unreviewed' AND to_status <> 'unreviewed' THEN id END) AS first_id,
        MAX(CASE WHEN from_speaker_id <> to_speaker_id THEN id END) AS given_id,
        MAX(CASE WHEN to_words IS NOT NULL THEN id END) AS mended_id
    FROM (
        SELECT id, quote_id, from_status, to_status, from_speaker_id, to_speaker_id, to_words
        FROM quotes_reviewdecision WHERE editor_id IS NOT NULL ORDER BY id DESC LIMIT %s
    ) latest
    GROUP BY quote_id
), judged AS MATERIALIZED (
    SELECT DATE(first.decided_at) AS day,
        (SELECT source_id || ' ' || kind FROM quotes_quote WHERE id = steps.quote_id) AS place,
        CASE WHEN first.from_speaker_id IS NULL THEN NULL ELSE first.from_confidence END AS confidence,
        CAST(FLOOR(first.from_confidence * 100 + 0.000001) AS integer) AS hundredth,
        CASE
            WHEN last.to_status IN ('disputed', 'retracted') THEN last.to_status
            WHEN last.to_status = 'rejected' THEN CASE last.reason
                WHEN 'not-a-quote' THEN 'no-quote'
                WHEN 'wrong-words' THEN 'words'
                WHEN 'duplicate' THEN 'duplicate'
                ELSE 'rejected' END
            WHEN given_id >= first_id AND last.to_speaker_id <> first.from_speaker_id THEN 'speaker'
            WHEN mended_id >= first_id THEN 'words'
            ELSE 'right' END AS outcome
    FROM steps
    JOIN quotes_reviewdecision first ON first.id = first_id
    JOIN quotes_reviewdecision last ON last.id = last_id
    WHERE last.to_status <> 'unreviewed'
)
SELECT 'hundredth', CAST(hundredth AS text), outcome, COUNT(*), SUM(confidence)
    FROM judged WHERE confidence IS NOT NULL GROUP BY hundredth, outcome
UNION ALL SELECT 'day', CAST(day AS text), outcome, COUNT(*), 0.0
    FROM judged WHERE confidence IS NOT NULL GROUP BY day, outcome
UNION ALL SELECT 'place', place, outcome, COUNT(*), 0.0
    FROM judged WHERE confidence IS NOT NULL GROUP BY place, outcome
UNION ALL SELECT 'unclaimed', '', '', COUNT(*), 0.0
    FROM judged WHERE confidence IS NULL AND outcome IN ('right', 'words')
"""
