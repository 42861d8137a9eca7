"""The pipeline that extractors of this kind usually stand on, to measure beside ours.

spaCy's small English one (en_core_web_sm 3.8) in the shape that its published configuration gives: one
token-to-vector network of width 96 and depth 4 shared by tagger and parser, another for the entities,
transition-based parsers with a hidden width of 64, and as many labels. The weights are random: what it finds
is nonsense, the time that it takes is not. Its lemmatizer and attribute ruler, which need tables from
elsewhere, are left out, so the real one takes longer.
"""

import warnings
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example

_WIDTH, _DEPTH = 96, 4
_TAGS, _DEPENDENCIES, _ENTITIES = 50, 45, 18  # labels
_ATTRIBUTES = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}  # rows of the embedding tables
_SHARED_ATTRIBUTES = _ATTRIBUTES | {"SPACY": 50, "IS_SPACE": 50}
_BATCH = 256  # texts


def small_english() -> Language:
    """The pipeline, ready to read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it lacks tables of norms, which is so
        nlp = spacy.blank("en")
        nlp.batch_size = _BATCH
        nlp.add_pipe("tok2vec", config={"model": _tok2vec(_SHARED_ATTRIBUTES)})
        listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}
        nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
        nlp.add_pipe("parser", config={"min_action_freq": 1, "model": _transitions("parser", listener)})
        nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(_ATTRIBUTES))})
        nlp.initialize(lambda: [_example(nlp)])
    return nlp


def _tok2vec(attributes: dict[str, int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": list(attributes),
            "rows": list(attributes.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "depth": _DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def _example(nlp: Language) -> Example:
    """A text that has each label once to the left and once to the right."""
    count = 2 * max(_TAGS, _DEPENDENCIES, _ENTITIES)
    words = [f"word{number}" for number in range(count)]
    heads = [number + 1 if number % 2 == 0 else max(0, number - 2) for number in range(count)]
    heads[1] = 1
    return Example.from_dict(
        nlp.make_doc(" ".join(words)),
        {
            "words": words,
            "tags": [f"T{number % _TAGS}" for number in range(count)],
            "heads": heads,
            "deps": [
                "ROOT" if head == at else f"d{at // 2 % _DEPENDENCIES}" for at, head in enumerate(heads)
            ],
            "entities": [f"U-E{number % _ENTITIES}" for number in range(count)],
        },
    )
