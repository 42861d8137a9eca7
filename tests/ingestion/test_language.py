"""The language of a text, whatever it is declared to be."""

import pytest

from quotes.ingestion.language import language_of

ENGLISH = (
    "The harbour board will buy two electric ferries, its chair announced on Friday after a long night of "
    "talks with the islanders, who had waited ten years for them."
)
FRENCH = (
    "Le conseil du port achètera deux bacs électriques, a annoncé vendredi sa présidente après une longue "
    "nuit de discussions avec les habitants de l'île, qui les attendaient depuis dix ans."
)
GERMAN = (
    "Der Hafenrat wird zwei elektrische Fähren kaufen, sagte die Vorsitzende am Freitag nach einer langen "
    "Nacht, in der sie mit den Bewohnern der Insel gesprochen hatte, die seit zehn Jahren warten."
)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH, "en-GB", "en-GB"),
        (ENGLISH, "en_US", "en-US"),
        (ENGLISH, "de", "en"),
        (FRENCH, "en", "fr"),
        (FRENCH, "", "fr"),
        (GERMAN, "de-AT", "de-AT"),
        ("“Non,” said the mayor.", "en", "en"),
        ("“Non,” said the mayor.", "", ""),
        ("", "fr", "fr"),
        ("7 8 9 " * 30, "en", "en"),
    ],
)
def test_the_text_decides_where_it_is_long_enough(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language
