"""Quotes split and joined, and all that an article gives to somebody given to somebody else."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from quotes.models import Article, Quote, ReviewDecision, Speaker
from quotes.selectors import public_quotes
from quotes.services.corrections import set_kind
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.reassigning import Kept, Same, attribute_all
from quotes.services.review import DecidedSinceError, ReviewError, attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.splitting import join_quotes, split_quote
from quotes.services.undoing import redo, undo
from tests.conftest import FERRY, Ingest, ReadAnew, document

pytestmark = pytest.mark.django_db

AT = FERRY.index("ten years")


@pytest.fixture
def waited(kettles: Quote) -> Quote:
    return Quote.objects.get(text="We have waited ten years for this")


@pytest.fixture
def marta(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))


def shown(article: Article) -> list[tuple[str, str]]:
    """What readers see of it, in the order of the text."""
    found = public_quotes().filter(revision__article=article).order_by("start")
    return [(quote.text, quote.speaker.name if quote.speaker else "") for quote in found]


def words(article: Article) -> list[str]:
    return [text for text, _ in shown(article)]


# Split


def test_the_words_from_an_offset_on_become_a_quote_of_their_own(waited: Quote, editor: User) -> None:
    article = waited.revision.article
    first, second = split_quote(quote=waited, at=AT, editor=editor, note="two sentences")
    assert (first, first.text, second.text) == (waited, "We have waited", "ten years for this")
    assert {(one.review_status, one.speaker, one.confidence) for one in (first, second)} == {
        ("approved", waited.speaker, waited.confidence)
    }
    assert [FERRY[one.start : one.end] for one in (first, second)] == [first.text, second.text]
    assert words(article) == [
        "We have waited",
        "ten years for this",
        "floating kettles",
        "The price is a scandal",
    ]
    steps = ReviewDecision.objects.all()
    assert {(step.action, step.note, step.batch) for step in steps} == {
        ("split", "two sentences", steps[0].batch)
    }
    with pytest.raises(ReviewError, match="on both sides"):
        split_quote(quote=waited, at=AT, editor=editor)


def test_a_split_is_taken_back_and_taken_again_with_both(waited: Quote, editor: User) -> None:
    article, before = waited.revision.article, words(waited.revision.article)
    _, second = split_quote(quote=waited, at=AT, editor=editor)
    after = words(article)
    for one in (waited, second):
        assert set(undo(quote=one, editor=editor)) == {waited, second}
        assert words(article) == before
        assert set(redo(quote=one, editor=editor)) == {waited, second}
        assert words(article) == after
    set_kind(quote=second, kind="partial", editor=editor)
    with pytest.raises(DecidedSinceError) as refused:
        undo(quote=waited, editor=editor)
    assert refused.value.quote == second
    assert words(article) == after


def test_a_quote_split_again_at_the_same_place_is_the_same_two(waited: Quote, editor: User) -> None:
    _, second = split_quote(quote=waited, at=AT, editor=editor)
    undo(quote=waited, editor=editor)
    assert split_quote(quote=waited, at=AT, editor=editor) == [waited, second]


@pytest.mark.parametrize("text", [FERRY, f"Correction: there are three.\n\n{FERRY}"], ids=["same", "moved"])
def test_a_split_outlives_a_later_reading(
    waited: Quote, editor: User, read_anew: ReadAnew, text: str
) -> None:
    article = waited.revision.article
    split_quote(quote=waited, at=AT, editor=editor)
    after, count = words(article), Quote.objects.count()
    store_article(document=document(text))
    extract_article(article_id=article.pk)
    read_anew(waited)
    assert words(article) == after
    assert Quote.objects.count() == count
    undo(quote=waited, editor=editor)
    assert "We have waited ten years for this" in words(article)
    redo(quote=waited, editor=editor)
    assert words(article) == after


@pytest.mark.parametrize("at", [0, AT + 1000, FERRY.index("We have")], ids=str)
def test_a_place_that_is_not_within_is_refused(waited: Quote, editor: User, at: int) -> None:
    with pytest.raises(ReviewError, match="on both sides"):
        split_quote(quote=waited, at=at, editor=editor)
    assert not ReviewDecision.objects.exists()


def test_what_is_rejected_or_nobodys_is_not_split(waited: Quote, editor: User) -> None:
    decide(quotes=[waited], status=Quote.Status.REJECTED, editor=editor)
    with pytest.raises(ReviewError, match="take that back first"):
        split_quote(quote=waited, at=AT, editor=editor)
    undo(quote=waited, editor=editor)
    Quote.objects.update(speaker=None)
    with pytest.raises(ReviewError, match="no speaker"):
        split_quote(quote=waited, at=AT, editor=editor)


# Join


def test_quotes_are_joined_in_the_order_of_the_text_and_taken_apart_again(
    waited: Quote, kettles: Quote, editor: User
) -> None:
    article, before = waited.revision.article, words(waited.revision.article)
    joined = join_quotes(quote=kettles, others=[waited], editor=editor)
    assert joined == [kettles, waited]
    assert words(article) == ["We have waited ten years for this floating kettles", "The price is a scandal"]
    waited.refresh_from_db()
    assert (waited.review_status, waited.decisions.get().reason) == ("rejected", "duplicate")
    assert join_quotes(quote=kettles, others=[waited], editor=editor) == []
    after = words(article)
    for one in (waited, kettles):
        undo(quote=one, editor=editor)
        assert words(article) == before
        redo(quote=one, editor=editor)
        assert words(article) == after


@pytest.mark.parametrize("text", [FERRY, f"Correction: there are three.\n\n{FERRY}"], ids=["same", "moved"])
def test_what_is_joined_outlives_a_later_reading(
    waited: Quote, kettles: Quote, editor: User, read_anew: ReadAnew, text: str
) -> None:
    article, before = waited.revision.article, words(waited.revision.article)
    join_quotes(quote=waited, others=[kettles], editor=editor)
    after = words(article)
    store_article(document=document(text))
    extract_article(article_id=article.pk)
    read_anew(waited)
    assert (words(article), Quote.objects.count()) == (after, 3)
    undo(quote=waited, editor=editor)
    assert words(article) == before


def test_quotes_of_two_speakers_are_not_joined_nor_one_with_nothing(
    waited: Quote, kettles: Quote, editor: User
) -> None:
    price = Quote.objects.get(text="The price is a scandal")
    with pytest.raises(ReviewError, match="another speaker"):
        join_quotes(quote=waited, others=[price], editor=editor)
    with pytest.raises(ReviewError, match="at least one"):
        join_quotes(quote=waited, others=[waited], editor=editor)
    assert not ReviewDecision.objects.exists()


# Kind


def test_a_kind_that_an_editor_said_outlives_a_later_reading(
    kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    assert kettles.kind == "partial"
    assert set_kind(quote=kettles, kind="direct", editor=editor)
    assert not set_kind(quote=kettles, kind="direct", editor=editor)
    read_anew(kettles, confidence=0.5)
    kettles.refresh_from_db()
    assert (kettles.kind, kettles.review_status) == ("direct", "approved")
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    set_kind(quote=kettles, kind="partial", editor=editor)
    kettles.refresh_from_db()
    assert (kettles.kind, kettles.review_status) == ("partial", "disputed")
    Quote.objects.update(speaker=None, review_status="unreviewed")
    with pytest.raises(ReviewError, match="say who said it first"):
        set_kind(quote=kettles, kind="direct", editor=editor)


# All of somebody


TALK = (
    "“One is enough,” Oona Marlowe said. “Two are many,” she said. “Three are more,” Marlowe added.\n\n"
    "“Four is a crowd,” Marlowe said. “Five it is,” Oona Marlowe said. “Six are left,” Oona Marlowe said.\n"
)


@pytest.fixture
def talk(ingest: Ingest) -> dict[str, Quote]:
    """By their first words; all of them Oona Marlowe's."""
    article = ingest(TALK, url="https://two.example/talk", title="Talk")
    found = {quote.text.split()[0]: quote for quote in Quote.objects.filter(revision__article=article)}
    assert {quote.speaker.name for quote in found.values() if quote.speaker} == {"Oona Marlowe"}
    assert len(found) == 6
    return found


def test_all_quotes_of_somebody_are_given_away_but_what_an_editor_decided(
    talk: dict[str, Quote], marta: Speaker, editor: User, read_anew: ReadAnew
) -> None:
    ivo = save_speaker(speaker=Speaker(name="Ivo Lindqvist", kind="person"))
    attribute(quote=talk["Two"], speaker=ivo, editor=editor)
    decide(quotes=[talk["Four"]], status=Quote.Status.REJECTED, editor=editor)
    decide(quotes=[talk["Five"]], status=Quote.Status.DISPUTED, editor=editor)
    decide(quotes=[talk["Six"]], status=Quote.Status.APPROVED, editor=editor)
    done = attribute_all(quote=talk["One"], speaker=marta, editor=editor, note="her sister")
    assert list(done.changed) == [talk[name] for name in ("One", "Three", "Six")]
    assert list(done.kept) == [
        (talk["Two"], Kept.EDITOR), (talk["Four"], Kept.CLOSED), (talk["Five"], Kept.DISPUTED),
    ]  # fmt: skip
    article = talk["One"].revision.article
    now = [
        ("One is enough", "Marta Quill"), ("Two are many", "Ivo Lindqvist"),
        ("Three are more", "Marta Quill"), ("Six are left", "Marta Quill"),
    ]  # fmt: skip
    assert shown(article) == now
    assert len(set(ReviewDecision.objects.filter(note="her sister").values_list("batch", flat=True))) == 1
    read_anew(talk["One"], confidence=0.4)
    assert shown(article) == now
    again = attribute_all(quote=talk["One"], speaker=marta, editor=editor)
    assert again.changed == ()
    assert [why for _, why in again.kept].count(Kept.SAME) == 3


def test_only_those_of_the_same_mention(talk: dict[str, Quote], marta: Speaker, editor: User) -> None:
    attribute(quote=talk["Three"], speaker=marta, editor=editor)  # first the one, then all that are so, too
    done = attribute_all(quote=talk["Three"], speaker=marta, editor=editor, same=Same.MENTION)
    assert list(done.changed) == [talk["Four"]]
    assert list(done.kept) == [(talk["Three"], Kept.SAME)]


def test_what_was_given_away_at_once_is_taken_back_singly_or_as_a_whole(
    talk: dict[str, Quote], marta: Speaker, editor: User
) -> None:
    article = talk["One"].revision.article
    before = shown(article)
    attribute_all(quote=talk["One"], speaker=marta, editor=editor)
    assert undo(quote=talk["Three"], editor=editor) == [talk["Three"]]
    assert len(undo(quote=talk["One"], editor=editor, whole=True)) == 5
    assert shown(article) == before
    assert len(redo(quote=talk["One"], editor=editor, whole=True)) == 6
    decide(quotes=[talk["Two"]], status=Quote.Status.REJECTED, editor=editor)
    with pytest.raises(DecidedSinceError) as refused:
        undo(quote=talk["One"], editor=editor, whole=True)
    assert refused.value.quote == talk["Two"]
    assert {name for _, name in shown(article)} == {"Marta Quill"}


def test_what_the_extractor_tied_to_nobody_is_given_singly(
    kettles: Quote, marta: Speaker, editor: User
) -> None:
    Quote.objects.update(speaker=None)
    with pytest.raises(ReviewError, match="tied it to nobody"):
        attribute_all(quote=kettles, speaker=marta, editor=editor)


def test_nothing_is_given_when_the_quote_is_not_what_was_looked_at(
    talk: dict[str, Quote], marta: Speaker, editor: User
) -> None:
    def refuse(quote: Quote) -> Any:
        raise DecidedSinceError("it has changed", quote)

    for step in (
        lambda: attribute_all(quote=talk["One"], speaker=marta, editor=editor, guard=refuse),
        lambda: split_quote(quote=talk["One"], at=5, editor=editor, guard=refuse),
        lambda: join_quotes(quote=talk["One"], others=[talk["Two"]], editor=editor, guard=refuse),
    ):
        with pytest.raises(DecidedSinceError):
            step()
    assert not ReviewDecision.objects.exists()
