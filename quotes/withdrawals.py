"""Why a quote that readers may have seen is no longer shown: all that they are told of it."""

from dataclasses import dataclass

from quotes.models import Quote, ReviewDecision

_DECIDED: dict[str, str] = {
    Quote.Status.RETRACTED: "An editor retracted it.",
    Quote.Status.DISPUTED: "It is disputed, and editors look into it.",
    Quote.Status.REJECTED: "An editor found that it was not right.",
}
_REJECTED: dict[str, str] = {
    ReviewDecision.Reason.NO_QUOTE: "An editor found that the article quotes nobody there.",
    ReviewDecision.Reason.WRONG_WORDS: "An editor found that the words were not taken as they stand.",
    ReviewDecision.Reason.DUPLICATE: "It was there twice.",
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why, in a sentence, and what an editor wrote for readers, "" for nothing."""

    why: str
    note: str = ""


def withdrawal_of(quote: Quote) -> Withdrawal:
    """Of a quote that is not public; asks for its decisions."""
    if quote.review_status in _DECIDED:
        step = _decision(quote)
        why = _REJECTED.get(step.reason, "") if step else ""
        return Withdrawal(why or _DECIDED[quote.review_status], step.public_note if step else "")
    if quote.gone_at is not None:
        return Withdrawal("The article no longer says it, or is read otherwise by now.")
    return Withdrawal("It is no longer sure enough who said it.")


def _decision(quote: Quote) -> ReviewDecision | None:
    """The latest step that made it what it is, or said why: a note or a move since does neither."""
    steps = (step for step in quote.decisions.all() if step.to_status == quote.review_status)
    made = (step for step in steps if step.from_status != step.to_status or step.reason or step.public_note)
    return next(made, None)
