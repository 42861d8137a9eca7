"""A copy of all public quotes, kept as docs/api.md says that one is kept."""

from typing import Any

from django.test import Client

QUOTES = "/api/v1/quotes/"


class Mirror:
    """`quotes` is the copy, by id, without `copies` and `same_words`, figures of the moment.

    `places` are where pages that brought something ended.
    """

    def __init__(self, client: Client, page_size: int = 50) -> None:
        self.client = client
        self.next = f"{QUOTES}?changed_since=0&page_size={page_size}"
        self.quotes: dict[str, Any] = {}
        self.places: list[str] = []

    def follow(self) -> list[Any]:
        """Go on until there is no more. Returns what came."""
        came: list[Any] = []
        is_up_to_date = False
        while not is_up_to_date:
            page = self._get(self.next)
            for one in page["results"]:
                self._take(one)
            if page["results"]:
                self.places.append(page["next"])
            came += page["results"]
            self.next, is_up_to_date = page["next"], page["up_to_date"]
        return came

    def listed(self) -> dict[str, Any]:
        """What the list has now, as the copy should have it."""
        found: dict[str, Any] = {}
        address: str | None = f"{QUOTES}?page_size=200"
        while address:
            page = self._get(address)
            found |= {one["id"]: _kept(one) for one in page["results"]}
            address = page["next"]
        return found

    def _take(self, one: dict[str, Any]) -> None:
        if "withdrawn" in one:
            self.quotes.pop(one["id"], None)
        else:
            self.quotes[one["id"]] = _kept(one)

    def _get(self, address: str) -> Any:
        response = self.client.get(address, headers={"accept": "application/json"})
        assert response.status_code == 200, response.content
        return response.json()


def _kept(quote: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in quote.items() if name not in {"copies", "same_words"}}
