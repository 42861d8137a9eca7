"""All that we ship as weights, made from the corpora and our own gold, one model after the other.

Where names stand (the tagger), whom a pronoun means (identity), who speaks a span (the network) and how
sure that is (calibration): each is made with those before it at work.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from quotes.extraction.assembly.confidence import Calibration
from quotes.extraction.attribution.network import Network
from quotes.extraction.attribution.vocabulary import Vocabulary
from quotes.extraction.coreference.antecedent_model import MODEL as IDENTITY
from quotes.extraction.coreference.antecedent_model import load_model as load_identity
from quotes.extraction.names.tagger import load as load_tagger
from quotes.extraction.pipeline import AttributionComponent, new_pipeline, shipped_weights

from .calibrating import calibrate
from .coreference import known_speakers, save
from .coreference import train as train_identity
from .examples import Example, from_gold, from_polnear, known_words
from .gum import read_gum
from .learning import Progress, train
from .marked_names import with_headline
from .polnear import with_more_marks
from .sources import Sources
from .tagging import example
from .tagging import train as train_tagger

COPIES = 3  # of each article of PolNeAR, with marks around other parts of its indirect speech
NEWS = 2  # times the other papers' articles are learnt from in an epoch
OWN = 4  # times our own are
SEED = 3  # of two: by the sets that calibrate, and the constructions that the tests name
_TAGGER_SEED, _HEADLINES = 1, 0.5
_MOST_WORDS = 5000  # that the network knows: each takes 8 KB of memory once it is ready
_CORPUS_WEIGHT, _OWN_WEIGHT = 1.0, 1.0  # in the calibration; our own tuning articles are all hard cases


def make_tagger(sources: Sources) -> None:
    """From articles whose names are marked, every second one below a headline."""
    chance = np.random.default_rng(_TAGGER_SEED)
    articles = [
        with_headline(article, chance) if chance.random() < _HEADLINES else article
        for article in sources.marked_training()
    ]
    found = [example(article.text, article.names) for article in articles]
    train_tagger([one for one in found if one is not None], _TAGGER_SEED).save()
    load_tagger.cache_clear()


def make_identity(sources: Sources) -> None:
    """From GUM's chains and the speakers of our own articles and of other papers'."""
    known = (*sources.own_training(), *sources.tuning(), *sources.news_training())
    documents = list(read_gum(sources.gum()))
    weights = train_identity(documents, [known_speakers(article) for article in known])
    save(weights, IDENTITY, note="GUM (annotations CC BY 4.0), our own articles and other papers'")
    load_identity.cache_clear()


def build_vocabulary(sources: Sources) -> Vocabulary:
    texts = [article.text for article in sources.training()]
    texts += [article.text for article in sources.news_training()]
    return Vocabulary(known_words(texts)[:_MOST_WORDS])


def examples(sources: Sources, vocabulary: Vocabulary, seed: int) -> Iterator[Example]:
    """What the network learns from."""
    chance = np.random.default_rng(seed)
    articles = sources.training()
    for article in articles:
        yield from_polnear(article, vocabulary)
    for _ in range(COPIES):
        for article in articles:
            yield from_polnear(with_more_marks(article, chance), vocabulary)
    for times, known in ((NEWS, sources.news_training()), (OWN, sources.own_training())):
        read = [from_gold(article, vocabulary) for article in known]
        for _ in range(times):
            yield from read


def make(
    sources: Sources, folder: Path, *, seed: int = SEED, progress: Progress | None = None
) -> tuple[Network, Calibration]:
    """Train, calibrate, and write the pipeline to `folder`."""
    make_tagger(sources)
    make_identity(sources)
    vocabulary = build_vocabulary(sources)
    network = train(vocabulary, list(examples(sources, vocabulary, seed)), seed, progress=progress)
    network = Network.from_bytes(network.to_bytes())  # rounded, as it will be read
    weighted = [(article, _CORPUS_WEIGHT) for gold in sources.dev().values() for article in gold]
    weighted += [(article, _OWN_WEIGHT) for article in sources.own_dev()]
    calibration = calibrate(network, weighted)
    write(network, calibration, folder)
    return network, calibration


def write(network: Network, calibration: Calibration, folder: Path) -> None:
    """A spaCy pipeline with these weights; what else is in the folder (the model card) stays."""
    AttributionComponent(network, calibration).to_disk(folder / _ATTRIBUTION)
    shipped_weights.cache_clear()
    nlp = new_pipeline()
    nlp.meta.update(_META)
    nlp.to_disk(folder, exclude=[_ATTRIBUTION])  # in any folder but our own it has the shipped weights


_ATTRIBUTION = "quotetracker_attribution"
_META = {
    "name": "quotetracker",
    "version": "1.0.0",
    "description": "Direct quotes in English news, and who said them: doc._.quotes",
    "license": "MIT",
}
