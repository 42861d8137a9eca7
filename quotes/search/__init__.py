"""Finding: speakers by name, quotes by their words.

Quotes are found by an index of words, kept by the services. What a text is cut into and what a question means
is said in Python (analysis, questions), so that the engines (postgresql, sqlite) give the same answers.
"""

from quotes.search.index import SCOPES, Scope, matching
from quotes.search.questions import Question, QuestionError, read_question
from quotes.search.speakers import Candidate, find_speakers, speakers_like, speakers_named

__all__ = [
    "SCOPES",
    "Candidate",
    "Question",
    "QuestionError",
    "Scope",
    "find_speakers",
    "matching",
    "read_question",
    "speakers_like",
    "speakers_named",
]
