"""What the tagger finds, as whole names: what rules know of people, bodies and runs of capitals put in."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.english import lexicon
from quotes.english.name_forms import abbreviates
from quotes.extraction.names.edges import with_ends
from quotes.extraction.names.recurring_names import alone_names
from quotes.extraction.names.tagged_runs import TaggedRun, names_of_run
from quotes.extraction.names.tagger import TaggedName
from quotes.extraction.text.stream import Stream


def whole(stream: Stream, tagged: Sequence[TaggedName], runs: Sequence[tuple[int, int]]) -> list[TaggedName]:
    """With what rules know to belong to a name: a first name, Jr., a nickname, what a body is for."""
    tagged = _with_nations(stream, _abbreviated(stream, tagged))
    waiting = deque(with_ends(stream, one) if one.is_person else one for one in tagged)
    alone = alone_names(stream, tagged)
    found: list[TaggedName] = []
    for first, last in runs:
        while waiting and waiting[0].last <= first:
            found.append(waiting.popleft())
        parts = []
        while waiting and waiting[0].first < last:
            parts.append(waiting.popleft())
        if parts:
            found += names_of_run(TaggedRun(stream, first, last, parts), alone)
    return [*found, *waiting]


def _abbreviated(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """What has a body's short name in brackets behind it is a body: Kadin Desert Stones (KADES)."""
    found = list(tagged)
    for number, (one, short) in enumerate(pairwise(tagged)):
        bracketed = stream.lower(one.last) == "(" and short.first == one.last + 1 and short.size == 1
        if not bracketed or short.type != "organization":
            continue
        letters = stream.lower(short.first)
        initials = "".join(word[0] for word in one.words(stream))
        by_letters = not one.is_person and abbreviates(letters, stream.slice(one.first, one.last))
        if letters == initials or by_letters:
            found[number] = replace(one, type="organization")
    return found


def _with_nations(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """The nation in "Ruritanian Energy Operator (REO)" and "Ruritanian Chess Federation" is of the name."""
    found: list[TaggedName] = []
    for one in tagged:
        before = found[-1] if found else None
        beside = before is not None and before.type == "nationality" and before.last == one.first
        if before is not None and beside and _is_national_body(stream, before, one):
            found[-1] = replace(one, first=before.first)
        else:
            found.append(one)
    return found


def _is_national_body(stream: Stream, nation: TaggedName, body: TaggedName) -> bool:
    if body.type != "organization" or body.size == 1:
        return False
    initials = "".join(stream.tokens[index].text[0] for index in range(nation.first, body.last))
    short = stream.tokens[body.last + 1].text if stream.lower(body.last) == "(" else ""
    return short.upper() == initials.upper() or stream.lower(body.last - 1) in lexicon.ORG_NOUNS
