"""In which order quotes are listed: `order=`, turned round by a `-` before the name."""

from dataclasses import dataclass

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

_BY_NEWEST = ("-dated_at", "-id")


@dataclass(frozen=True, slots=True)
class Order:
    """The fields that rows are in order of, all one way, the last one unique."""

    fields: tuple[str, ...]
    is_by_relevance: bool = False

    @property
    def is_by_change(self) -> bool:
        return self.fields[0].lstrip("-") == "change"

    def turned(self) -> "Order":
        turned = tuple(one[1:] if one.startswith("-") else f"-{one}" for one in self.fields)
        return Order(turned, self.is_by_relevance)


ORDERS = {
    "date": Order(_BY_NEWEST),
    "collected": Order(("-created_at", "-id")),
    "changed": Order(("-change",)),  # its number, of which no two are the same
    "confidence": Order(("-certainty", "-id")),
    "text": Order(("start", "id")),
    "relevance": Order(("-relevance", "-id"), is_by_relevance=True),
}
_CHOICES = [choice for name in ORDERS for choice in (name, f"-{name}")]
PARAMETER = OpenApiParameter(
    "order",
    enum=_CHOICES,
    description="date (newest first; the default), collected (latest first), changed (latest first, by all "
    "that changed_since counts), confidence (surest first), relevance (best first; with `q`, and the default "
    "there), text (as they stand in the one `article`). A `-` before the name turns it round.",
)


def order_of(request: Request) -> Order:
    """The order that a request asks for. Raises ValidationError."""
    is_searched = "q" in request.GET
    given = request.GET.get("order", "relevance" if is_searched else "date").strip()
    name = given.removeprefix("-")
    if name not in ORDERS or given.startswith("--"):
        raise _refused(f"There is no such order. Known: {', '.join(ORDERS)}; a - before it turns it round.")
    if name == "relevance" and not is_searched:
        raise _refused("Relevance is to a question: give q, too.")
    if name == "text" and len(request.GET.get("article", ",").split(",")) != 1:
        raise _refused("The order of the text is that of one article: give article, too.")
    return ORDERS[name].turned() if given.startswith("-") else ORDERS[name]


def _refused(why: str) -> ValidationError:
    return ValidationError({"order": [why]})
