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

    def turned(self) -> "Order":
        turned = tuple(one[1:] if one.startswith("-") else f"-{one}" for one in self.fields)
        return Order(turned, self.is_by_relevance)


ORDERS = {
    "date": Order(_BY_NEWEST),
    "collected": Order(("-created_at", "-id")),
    "changed": Order(("-updated_at", "-id")),
    "confidence": Order(("-certainty", "-id")),
    "text": Order(("start", "id")),
    "relevance": Order(("-relevance", "-id"), is_by_relevance=True),
}
_CHOICES = [choice for name in ORDERS for choice in (name, f"-{name}")]
PARAMETER = OpenApiParameter(
    "order",
    enum=_CHOICES,
    description="date (newest first; the default), collected and changed (latest first), confidence (surest "
    "first), relevance (best first; with `q`, and the default there), text (as they stand in the one "
    "`article`). A `-` before the name turns it round.",
)


def order_of(request: Request, *, is_searched: bool) -> Order:
    """The order that a request asks for. Raises ValidationError."""
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
