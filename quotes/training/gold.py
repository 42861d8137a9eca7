"""Gold and saved predictions: what their files hold, read and checked.

The formats are those of fixtures/README.md (gold) and of `manage.py extract --jsonl` (predictions).
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from quotes.extraction.types import Span

TextSource = Callable[[str], str | None]
T = TypeVar("T")


class GoldError(ValueError):
    """What is wrong with a file, where, and what to do."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quoted span and who said it, as a person marked it up.

    span     the words with their marks
    speech   False for titles, nicknames, terms: nobody said them; `speaker`, `type`, `mention` are ""
    speaker  the fullest name that the article gives; joint speakers as "A | B"
    mention  the words of the article that attribute the quote
    unsure   careful readers could differ: not scored
    tags     what makes it hard, where the gold says so
    """

    span: Span
    speech: bool
    speaker: str
    type: str
    mention: str
    unsure: bool = False
    single: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    id: str
    text: str
    quotes: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class PredictedQuote:
    """What an extractor says of one utterance; nothing but the segments is needed."""

    segments: tuple[Span, ...]
    speaker: str | None = None
    mention: Span | None = None
    confidence: float | None = None
    decided_by: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def attributed(self) -> bool:
        return self.speaker is not None or self.mention is not None


Predictions = Mapping[str, Sequence[PredictedQuote]]


def read_gold(path: Path, texts: Sequence[TextSource] = ()) -> tuple[GoldArticle, ...]:
    """The articles of a gold file.

    A text is taken from the first of `texts` that has it, else from the gold's own line, else from the
    folder beside the file that has its name (unseen/ for unseen.jsonl). Raises GoldError.
    """
    beside = partial(_file_text, path.with_suffix(""))
    articles: dict[str, GoldArticle] = {}
    for where, record in read_records(path):
        key = _identity(record, where)
        if key in articles:
            raise GoldError(f"{where}: there is an article {key} already: give each article one line")
        text = _first(texts, key) or record.get("text") or beside(key)
        if not isinstance(text, str):
            raise GoldError(
                f"{where}: no text of {key}: say with --texts where it is, put it into the line as "
                f'"text", or into {path.with_suffix("")} as {key}.txt'
            )
        # Halves of surrogate pairs, which JSON may escape, can be neither hashed nor shown; offsets hold.
        text = text.encode("utf-8", "replace").decode()
        _check_text(record, key, text, where)
        articles[key] = GoldArticle(key, text, _gold_quotes(record, text, where))
    if not articles:
        raise GoldError(f"{path}: it is empty: gold has one article a line")
    return tuple(articles.values())


def open_texts(path: Path) -> TextSource:
    """Texts by article id: of a folder of article files, or of lines {"id", "text"}. Raises GoldError."""
    if path.is_dir():
        return partial(_file_text, path)
    found: dict[str, str] = {}
    for where, record in read_records(path):
        if not isinstance(record.get("text"), str):
            raise GoldError(f'{where}: it is not {{"id": ..., "text": "..."}}')
        found[_identity(record, where)] = record["text"]
    return found.get


def read_predictions(path: Path) -> dict[str, tuple[PredictedQuote, ...]]:
    """What `manage.py extract --jsonl` wrote, by article id. Raises GoldError."""
    found: dict[str, tuple[PredictedQuote, ...]] = {}
    for where, record in read_records(path):
        try:
            quotes = tuple(predicted_quote(quote) for quote in record.get("quotes", ()))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise GoldError(
                f"{where}: it is not a line of `manage.py extract --jsonl` ({error!r}): extract again"
            ) from error
        found[_identity(record, where)] = quotes
    return found


def predicted_quote(record: Mapping[str, Any]) -> PredictedQuote:
    """A quote of `manage.py extract --jsonl`."""
    speaker, mention = record["speaker"], record["mention"]
    return PredictedQuote(
        segments=tuple(Span(start, end) for start, end in record["segments"]),
        speaker=speaker["name"] if speaker else None,
        mention=Span(mention["start"], mention["end"]) if mention else None,
        confidence=record.get("confidence"),
    )


def read_records(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its place ("gold.jsonl, line 3"). Raises GoldError."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    where = f"{path}, line {number}"
                    yield where, _object(line, where)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GoldError(f"{path}: it cannot be read: {reason.lower()}") from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{where}: it is not JSON ({error}): write one object a line") from error
    if not isinstance(value, dict):
        raise GoldError(f"{where}: it is no JSON object: write one object a line")
    return cast(dict[str, Any], value)


def _identity(record: Mapping[str, Any], where: str) -> str:
    key = record.get("id")
    if not isinstance(key, str | int) or key == "":
        raise GoldError(f'{where}: the article has no "id"')
    return str(key)


def _first(sources: Sequence[TextSource], key: str) -> str | None:
    return next((text for source in sources if (text := source(key)) is not None), None)


def _file_text(folder: Path, key: str) -> str | None:
    """The body of an article file: all after its first empty line, as it stands."""
    path = folder / f"{key}.txt"
    try:
        content = path.read_bytes().decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: it cannot be read: {error}") from error
    _, gap, body = content.partition("\n\n")
    if not gap:
        raise GoldError(f"{path}: no empty line parts the header from the text: add one")
    return body


def _check_text(record: Mapping[str, Any], key: str, text: str, where: str) -> None:
    """Refuse a text that is not the one that was marked up."""
    chars, digest = len(text), hashlib.sha256(text.encode()).hexdigest()
    if record.get("chars", chars) == chars and record.get("sha256", digest) == digest:
        return
    raise GoldError(
        f"{where}: the text of {key} is not the one that was marked up ({chars} characters, sha256 "
        f"{digest[:12]}…, where the gold has {record.get('chars')} and {str(record.get('sha256'))[:12]}…): "
        "restore the text, or mark it up again and renew chars and sha256"
    )


def _gold_quotes(record: Mapping[str, Any], text: str, where: str) -> tuple[GoldQuote, ...]:
    quotes = record.get("quotes")
    if not isinstance(quotes, list):
        raise GoldError(f'{where}: the article has no list "quotes"')
    shared = _tags(record, where)
    return tuple(
        _gold_quote(quote, shared, len(text), f"{where}, quote {number}")
        for number, quote in enumerate(quotes, 1)
    )


def _gold_quote(record: object, shared: tuple[str, ...], chars: int, where: str) -> GoldQuote:
    if not isinstance(record, dict):
        raise GoldError(f"{where}: it is no JSON object")
    start, end = _field(record, "start", int, where), _field(record, "end", int, where)
    if not 0 <= start < end <= chars:
        raise GoldError(f"{where}: {start}..{end} is no place in a text of {chars} characters")
    kind = _field(record, "kind", str, where)
    if kind not in ("speech", "other"):
        raise GoldError(f'{where}: "kind" is speech or other, not {kind!r}')
    quote = GoldQuote(
        span=Span(start, end),
        speech=kind == "speech",
        speaker=_field(record, "speaker", str, where, ""),
        type=_field(record, "type", str, where, ""),
        mention=_field(record, "mention", str, where, ""),
        unsure="unsure" in _field(record, "note", str, where, ""),
        single=_field(record, "single", bool, where, False),
        tags=tuple(dict.fromkeys((*shared, *_tags(record, where)))),
    )
    if quote.speech and not quote.unsure and not (quote.speaker and quote.mention):
        raise GoldError(f"{where}: speech needs a speaker and a mention")
    return quote


def _tags(record: Mapping[str, Any], where: str) -> tuple[str, ...]:
    tags = record.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise GoldError(f'{where}: "tags" is a list of words')
    return tuple(tags)


def _field(record: Mapping[str, Any], name: str, kind: type[T], where: str, default: T | None = None) -> T:
    """A field of the right kind; null and nothing are `default`, where there is one."""
    value = record.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, kind):
        raise GoldError(f'{where}: "{name}" is no {kind.__name__}: {value!r}')
    return value
