"""manage.py export_gold: what editors decided comes back as gold that `evaluate` reads."""

import gzip
import json
import os
import signal
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.exporting import reviewed
from quotes.extraction.attribution.vocabulary import Vocabulary
from quotes.management.commands import export_gold
from quotes.models import Article, Quote, Speaker
from quotes.services.corrections import add_quote, reopen, set_bounds
from quotes.services.ingest import store_article
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from quotes.training.coreference import known_speakers
from quotes.training.examples import from_gold
from quotes.training.gold import GoldArticle, read_gold
from quotes.training.sources import Sources
from tests.conftest import FERRY, Ingest, document

Export = Callable[..., str]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def export(out: Path, **options: Any) -> str:
    """What the command says; the gold is in `out`."""
    told = StringIO()
    call_command("export_gold", out=str(out), stderr=told, **options)
    return told.getvalue()


def gold_of(out: Path) -> GoldArticle:
    (article,) = read_gold(out)
    return article


def approve_all(editor: User) -> None:
    decide(quotes=Quote.objects.all(), status=Quote.Status.APPROVED, editor=editor)


def quote_of(words: str) -> Quote:
    return Quote.objects.get(text__contains=words)


def who_said(article: GoldArticle) -> dict[str, tuple[str, str]]:
    return {q.span.of(article.text): (q.speaker, q.mention) for q in article.quotes}


def predictions_of(path: Path) -> list[dict[str, Any]]:
    """An extractor that agrees with the gold, as `extract --jsonl` would write it."""
    lines = []
    for article in read_gold(path):
        quotes = []
        for gold in article.quotes:
            if gold.speech and not gold.unsure:
                at = article.text.index(gold.mention)
                quotes.append(
                    {
                        "segments": [[gold.span.start, gold.span.end]],
                        "speaker": {"name": gold.speaker},
                        "mention": {"start": at, "end": at + len(gold.mention)},
                        "confidence": 0.99,
                    }
                )
        lines.append({"id": article.id, "quotes": quotes})
    return lines


def figures(gold: Path, *arguments: str) -> dict[str, Any]:
    told = StringIO()
    call_command("evaluate", str(gold), *arguments, "--json", stdout=told, stderr=StringIO())
    found: dict[str, Any] = json.loads(told.getvalue())["together"]["figures"]
    return found


def test_who_agrees_with_the_editor_scores_a_hundred(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    reassigned = save_speaker(speaker=Speaker(name="Ruth Pell", kind="person"))
    attribute(quote=quote_of("kettles"), speaker=reassigned, editor=editor)
    attribute(quote=quote_of("scandal"), speaker=quote_of("ten years").speaker or reassigned, editor=editor)
    assert "1 article, 3 quotes, 0 of them unsure" in export(out)
    saved = out.with_name("saved.jsonl")
    saved.write_text("".join(f"{json.dumps(line)}\n" for line in predictions_of(out)))
    told = figures(out, "--predictions", str(saved))
    assert [told[name]["f1"] for name in ("speech", "mention", "lenient", "strict")] == [1, 1, 1, 1]


@pytest.mark.model
def test_the_extractor_is_measured_on_what_editors_decided(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    export(out)
    assert figures(out)["strict"]["f1"] == 1
    attribute(quote=quote_of("scandal"), speaker=quote_of("ten years").speaker or Speaker(), editor=editor)
    export(out)
    assert figures(out)["strict"]["tp"] == 2


def test_training_takes_what_was_exported(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    decide(quotes=[quote_of("kettles")], status=Quote.Status.DISPUTED, editor=editor)
    export(out)
    sources = Sources(out.parent, out.parent, Path("fixtures/gold"), newsroom=(out,))
    learnt = sources.own_training()[-1]
    assert learnt == gold_of(out)
    places = from_gold(learnt, Vocabulary(["said"])).right
    assert [place is None for place in places] == [False, True, False]
    assert known_speakers(learnt)


def test_what_was_approved_has_its_marks_its_speaker_and_its_mention(
    article: Article, editor: User, out: Path
) -> None:
    approve_all(editor)
    export(out)
    assert gold_of(out).id == str(article.public_id)
    assert who_said(gold_of(out)) == {
        "“We have waited ten years for this,”": ("Oona Marlowe", "Oona Marlowe"),
        "“floating kettles”": ("Oona Marlowe", "She"),
        "“The price is a scandal,”": ("Desmond Achterberg", "Desmond Achterberg"),
    }
    assert {quote.type for quote in gold_of(out).quotes} == {"person"}


def test_what_was_given_to_somebody_else_keeps_no_mention_of_another(
    article: Article, editor: User, out: Path
) -> None:
    approve_all(editor)
    oona = quote_of("ten years").speaker
    desmond = quote_of("scandal").speaker
    assert oona
    assert desmond
    attribute(quote=quote_of("scandal"), speaker=oona, editor=editor)
    attribute(quote=quote_of("kettles"), speaker=desmond, editor=editor)
    export(out)
    said = who_said(gold_of(out))
    assert said["“The price is a scandal,”"] == ("Oona Marlowe", "Oona Marlowe")
    # "She" is nobody's name: the extractor took it for somebody else.
    assert said["“floating kettles”"] == ("Desmond Achterberg", "She")


def test_words_by_somebody_whom_the_article_does_not_name_keep_the_pronoun_alone(
    article: Article, editor: User, out: Path
) -> None:
    approve_all(editor)
    stranger = save_speaker(speaker=Speaker(name="Ruth Pell", kind="person"))
    attribute(quote=quote_of("scandal"), speaker=stranger, editor=editor)
    assert "1 of them unsure" in export(out)
    assert [quote.unsure for quote in gold_of(out).quotes] == [False, False, True]


def test_mended_and_added_words_are_as_the_editor_marked_them(
    article: Article, editor: User, out: Path
) -> None:
    approve_all(editor)
    start = FERRY.index("ten years")
    set_bounds(quote=quote_of("ten years"), segments=[(start, start + 18)], editor=editor)
    added = FERRY.index("electric ferries")
    oona = quote_of("kettles").speaker
    assert oona
    add_quote(article=article, segments=[(added, added + 16)], speaker=oona, editor=editor)
    export(out)
    said = who_said(gold_of(out))
    assert said["electric ferries"] == ("Oona Marlowe", "Oona Marlowe")
    assert "ten years for this" in said


@pytest.mark.parametrize(
    ("status", "reason", "speech", "unsure"),
    [
        ("rejected", "not-a-quote", False, False),
        ("rejected", "wrong-words", True, True),
        ("rejected", "duplicate", True, True),
        ("rejected", "", True, True),
        ("disputed", "", True, True),
        ("retracted", "", True, True),
    ],
)
def test_what_was_not_approved(
    article: Article, editor: User, out: Path, status: str, reason: str, speech: bool, unsure: bool
) -> None:
    approve_all(editor)
    decide(quotes=[quote_of("kettles")], status=Quote.Status(status), editor=editor, reason=reason)
    export(out)
    kettles = gold_of(out).quotes[1]
    assert (kettles.speech, kettles.unsure) == (speech, unsure)


def test_wrong_words_are_left_to_the_right_ones(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    wrong = quote_of("kettles")
    decide(quotes=[wrong], status=Quote.Status.REJECTED, editor=editor, reason="wrong-words")
    assert wrong.speaker
    start = FERRY.index("kettles")
    add_quote(article=article, segments=[(start, start + 7)], speaker=wrong.speaker, editor=editor)
    export(out)
    assert [quote.span.of(FERRY) for quote in gold_of(out).quotes][1] == "kettles”"


def test_an_article_with_an_open_quote_is_left_out_and_counted(
    article: Article, ingest: Ingest, editor: User, out: Path
) -> None:
    ingest(FERRY.replace("harbour", "port"), url="https://www.tidewatch.example/port")
    approve_all(editor)
    reopen(quotes=list(article.revision.quotes.all())[:1], editor=editor)
    assert "left out: 1 article with 1 quote still to be decided" in export(out)
    assert gold_of(out).id != str(article.public_id)


def test_an_article_with_a_text_that_was_not_read_yet_is_left_out(
    article: Article, ingest: Ingest, editor: User, out: Path
) -> None:
    ingest(FERRY.replace("harbour", "port"), url="https://www.tidewatch.example/port")
    approve_all(editor)
    store_article(document=document(f"{FERRY}\nMore later.\n"))
    assert "1 article with a new text that was not read yet" in export(out)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_stopped_leaves_what_was_there(
    article: Article, editor: User, out: Path, asked: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve_all(editor)
    out.write_text("of yesterday")

    def stopped(*given: Any) -> Iterator[dict[str, Any]]:
        os.kill(os.getpid(), asked)
        yield from reviewed.gold_lines(*given)

    monkeypatch.setattr(export_gold, "gold_lines", stopped)
    with pytest.raises(CommandError, match="stopped before the end"):
        export(out)

    assert [path.read_text() for path in out.parent.iterdir()] == ["of yesterday"]


def test_nothing_reviewed_writes_nothing_and_keeps_what_was_there(article: Article, out: Path) -> None:
    out.write_text("before")
    with pytest.raises(CommandError, match="no article is reviewed to the end"):
        export(out)
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert out.read_text() == "before"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "yesterday"}, "--since is a day such as 2026-03-01, not 'yesterday'"),
        ({"since": "2026-02-31"}, "--since is a day"),
        ({"source": "gazette"}, "there is no outlet 'gazette'; there is tidewatch"),
    ],
)
def test_odd_options_are_told(article: Article, out: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        export(out, **options)


def test_a_folder_that_is_not_there_is_told(article: Article, editor: User, tmp_path: Path) -> None:
    approve_all(editor)
    with pytest.raises(CommandError, match="it cannot be written: No such file or directory"):
        export(tmp_path / "none" / "gold.jsonl")


def test_since_and_source_choose(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    assert "1 article" in export(out, since="2020-01-01", source="tidewatch")
    with pytest.raises(CommandError, match="no article is reviewed"):
        export(out, since="2999-01-01")


def test_the_same_decisions_are_the_same_bytes_gzipped_too(article: Article, editor: User, out: Path) -> None:
    approve_all(editor)
    packed = out.with_name("gold.jsonl.gz")
    export(out)
    export(packed)
    first = packed.read_bytes()
    export(packed)
    assert packed.read_bytes() == first
    assert gzip.decompress(first) == out.read_bytes()


def test_it_asks_the_database_as_often_for_ten_articles_as_for_one(
    ingest: Ingest, editor: User, out: Path
) -> None:
    counts = []
    for number in (1, 10):
        for one in range(number):
            ingest(url=f"https://www.tidewatch.example/{number}-{one}")
        approve_all(editor)
        with CaptureQueriesContext(connection) as queries:
            export(out)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9
