"""The features by which entities compete to be whom a pronoun or a role phrase means, as short words.

A few facts, each of few values, become some words each: the words of the same facts are made once.
"""

from functools import lru_cache
from sys import intern

Features = tuple[str, ...]
_KEPT = 8192  # combinations of facts


def bucket(number: int) -> int:
    """1, 2, 3 (3 or 4) or 5 (more)."""
    return number if number < 3 else 3 if number < 5 else 5


def _named(group: str, words: list[str]) -> Features:
    return tuple([intern(f"{group}:{word}") for word in words])  # few words, kept in many combinations


@lru_cache(_KEPT)
def position(
    group: str,
    far: int,
    paragraphs: int,
    last: tuple[bool, bool, bool, bool, str, int],
    here: tuple[bool, bool, bool],
    count: int,
    beside: bool,
) -> Features:
    """Where the entity was last, seen from here.

    last    subject, opens the sentence, speaks, acts, form, how many the sentence had named before
    here    subject, opens the sentence, speaks
    """
    subject, opens, speaks, acts, form, lead = last
    as_subject, opening, speaking = here
    words = [
        *(f"sentences>={number}" for number in range(1, far + 1)),
        *(f"paragraphs>={number}" for number in range(1, paragraphs + 1)),
        f"subject={subject}",
        f"opens={opens}",
        f"subject={subject}/{min(far, 1)}",
        f"form={form}",
        f"speaks={speaks}/{speaking}",
        f"lead={lead}",
        f"lead={min(lead, 1)}/{min(far, 2)}",
        f"acts={acts or speaks}/{speaking}/{min(far, 1)}",
        f"role={subject}/{opens}/{min(lead, 1)}",
        f"count={count}",
    ]
    if not far:
        words.append(f"same/{as_subject}/{subject}")
        if beside:
            words.append(f"beside/{as_subject}")
    if not paragraphs and far:
        words.append(f"parallel={as_subject}/{subject}/{opens == opening}")
    return _named(group, words)


@lru_cache(_KEPT)
def person(rank: int, gender: str, kind: str, rivals: tuple[int, int], likely: bool, again: bool) -> Features:
    """For he and she; `rivals`: how many people, and how many that fit, were seen since."""
    words = [
        f"rank={rank}",
        f"gender={gender}",
        f"kind={kind}",
        f"kind={kind}/{gender}",
        f"people={rivals[0]}",
        f"fitting={rivals[1]}/{likely}",
    ]
    if not likely:
        words.append("unlikely")
    if again:
        words.append("again")
    return _named("he", words)


@lru_cache(_KEPT)
def spoken(
    turn: int, since: int, speaking: bool, named: bool, about: bool, last: tuple[bool, str, int]
) -> Features:
    """For he and she: who had the word before, and of whom the words beside the pronoun are.

    turn      0 for the last who spoke, 1 for the one before, 2 for others, 3 for who never spoke
    since     paragraphs since then
    speaking  the pronoun is said to speak
    named     the words beside it name the entity
    about     the words beside it are about somebody of the pronoun's gender
    last      whether the entity was a subject, its form, sentences since
    """
    subject, form, sentences = last
    words = [
        f"turn={turn}/{speaking}",
        f"turn={turn}/{speaking}/{since}",
        f"about={about}/{subject}/{sentences}",
        f"about={about}/{form}",
        f"about={about}/turn={turn}",
        f"last={form}/{subject}/{sentences}/{speaking}",
    ]
    if named:
        words += ["named", f"named/turn={turn}"]
    return _named("he", words)


@lru_cache(_KEPT)
def thing(group: str, rank: int, kind: str, speaking: bool, subject: bool) -> Features:
    """For it and they."""
    words = [f"rank={rank}", f"kind={kind}", f"kind={kind}/{speaking}", f"kind={kind}/{subject}"]
    return _named(group, words)


@lru_cache(_KEPT)
def coming(group: str, fitting: int, gender: str, kind: str) -> Features:
    """Somebody named only after the pronoun."""
    return _named(group, [f"coming/{fitting}", f"coming-gender={gender}", f"coming-kind={kind}"])


@lru_cache(_KEPT)
def nobody(group: str, fitting: int, speaking: bool, paragraph: int, some: bool) -> Features:
    """None of them."""
    words = [
        "nobody",
        f"nobody/fitting={fitting}",
        f"nobody/speaks={speaking}",
        f"nobody/paragraph={paragraph}",
        f"nobody/some={some}",
    ]
    return _named(group, words)


@lru_cache(_KEPT)
def traits(
    phrase: tuple[str, str, str, bool],
    role: str,
    words: str,
    gender: str,
    fits: bool,
    kinds: tuple[str, str],
    vice: bool,
    equal: str,
    kinship: str,
) -> Features:
    """What a role phrase (article, detail, kind, plural) and an entity have in common."""
    article, detail, kind, plural = phrase
    found = [
        f"{article}/role={role}",
        f"{article}/role={role}/words={words}/{detail}",
        f"words={words}/{detail}",
        f"gender={gender}",
        f"fits={fits}",
        f"{article}/{kind}/{kinds[0]}",
        f"plural={plural}/{kinds[1]}",
    ]
    if vice:
        found.append("vice")
    if kinship:
        found += [f"kinship={kinship}", f"kinship={kinship}/role={role}"]
    if equal:
        found.append(f"{article}/equal={equal}")
    return _named("role", found)


@lru_cache(_KEPT)
def bearer(article: str, role: str, rank: int, later: bool, open_rivals: int, detail: str) -> Features:
    """How many others could be called so; `open_rivals` is -1 for an entity whose roles are known."""
    words = [f"rank={rank}", f"{article}/{role}/{'nth' if later else 'last'}"]
    if open_rivals >= 0:
        words.append(f"{article}/fitting={open_rivals}/{detail}")
    return _named("role", words)


@lru_cache(_KEPT)
def coming_bearer(article: str) -> Features:
    """Somebody named only after the role phrase."""
    return _named("role", [f"coming/{article}", "coming"])


@lru_cache(_KEPT)
def named_next(article: str, rank: int, paragraph: int, subject: bool, role: str) -> Features:
    """Somebody whom an opening that names nobody may be about."""
    words = [
        f"next/{article}",
        f"next/{article}/rank={rank}",
        f"next/{article}/{paragraph}/{subject}",
        f"next/{article}/{role}/{rank}",
    ]
    return _named("role", words)


@lru_cache(_KEPT)
def unnamed(phrase: tuple[str, str, str, bool], alike: int, fitting: int, speaking: bool) -> Features:
    """Somebody whom the article has not named."""
    article, detail, kind, plural = phrase
    words = [
        "nobody",
        f"nobody/{article}",
        f"nobody/{article}/{kind}",
        f"nobody/{article}/{detail}",
        f"nobody/{article}/alike={alike}",
        f"nobody/{article}/fitting={fitting}",
        f"nobody/plural={plural}",
        f"nobody/speaks={speaking}/{article}",
    ]
    return _named("role", words)
