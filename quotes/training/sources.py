"""Where the texts and the gold are, and which part of them is for what."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .gold import GoldArticle, open_texts, read_gold
from .marked_names import MarkedArticle, read_marked
from .polnear import AnnotatedArticle, read_polnear

# Gold of other papers' articles: its file, and the texts that it is about.
_NEWS = {
    "world": ("world-train.jsonl", "world/articles.jsonl.gz"),
    "bbc": ("bbc-train.jsonl", "bbc/articles.jsonl.gz"),
    "bbc22": ("bbc22-train.jsonl", "bbc22/articles.jsonl.gz"),
}
_POLNEAR = ("polnear-train.jsonl", "polnear/train.jsonl")
_POLNEAR_DEV = ("polnear-dev.jsonl", "polnear/dev.jsonl")
_ONE_IN = 5  # articles is kept out of training


def is_dev(article: str) -> bool:
    """Whether an article of the corpora other than PolNeAR is kept out of training, by its id alone."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % _ONE_IN == 0


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the data is.

    corpora   a folder with the texts: polnear, world, bbc, bbc22, gum
    gold      a folder with who speaks the quotes of these texts
    own       fixtures/gold: training.jsonl is learnt from, demo.jsonl and tuning.jsonl calibrate
    newsroom  more gold to learn from as from our own: what `manage.py export_gold` wrote
    """

    corpora: Path
    gold: Path
    own: Path
    newsroom: tuple[Path, ...] = ()

    def files(self) -> list[Path]:
        """All that has to be there to make every weight."""
        return [*self.ranking_files(), self.gum()]

    def ranking_files(self) -> list[Path]:
        """All that has to be there to train and judge a ranker."""
        return [
            *self.dev_files(),
            *self._files(_POLNEAR),
            *(self.own / f"{name}.jsonl" for name in _OWN),
            *self.newsroom,
        ]

    def dev_files(self) -> list[Path]:
        """All that has to be there to judge."""
        return [path for files in (_POLNEAR_DEV, *_NEWS.values()) for path in self._files(files)]

    def gum(self) -> Path:
        return self.corpora / "gum" / "gum.conllu.gz"

    def training(self) -> list[AnnotatedArticle]:
        """PolNeAR train: mentions, no persons."""
        return list(read_polnear(self.corpora / "polnear" / "train.jsonl"))

    def news_training(self) -> tuple[GoldArticle, ...]:
        """Whole articles of many papers, with who speaks."""
        news = [article for name in _NEWS for article in self._read(_NEWS[name]) if not is_dev(article.id)]
        return (*self._read(_POLNEAR), *news)

    def marked_training(self) -> list[MarkedArticle]:
        """Articles with their names."""
        return [article for article in self._marked() if not is_dev(article.id)]

    def marked_dev(self) -> list[MarkedArticle]:
        """Articles with their names, from which no weight is learnt."""
        return [article for article in self._marked() if is_dev(article.id)]

    def own_training(self) -> tuple[GoldArticle, ...]:
        files = (self.own / "training.jsonl", *self.newsroom)
        return tuple(article for file in files for article in read_gold(file))

    def dev(self) -> dict[str, tuple[GoldArticle, ...]]:
        """What no weight is learnt from, by the name under which figures are told."""
        parts = {name: [a for a in self._read(_NEWS[name]) if is_dev(a.id)] for name in _NEWS}
        return {
            "polnear-dev": self._read(_POLNEAR_DEV),
            "world-dev": tuple(parts["world"]),
            "bbc-dev": (*parts["bbc"], *parts["bbc22"]),
        }

    def demo(self) -> tuple[GoldArticle, ...]:
        return read_gold(self.own / "demo.jsonl", [open_texts(self.own.parent / "articles")])

    def tuning(self) -> tuple[GoldArticle, ...]:
        return read_gold(self.own / "tuning.jsonl")

    def own_dev(self) -> tuple[GoldArticle, ...]:
        return (*self.demo(), *self.tuning())

    def _marked(self) -> Iterator[MarkedArticle]:
        return read_marked(self.corpora / _NEWS["world"][1])

    def _files(self, names: tuple[str, str]) -> tuple[Path, Path]:
        gold, texts = names
        return self.gold / gold, self.corpora / texts

    def _read(self, names: tuple[str, str]) -> tuple[GoldArticle, ...]:
        gold, texts = self._files(names)
        return read_gold(gold, [open_texts(texts)])


_OWN = ("training", "demo", "tuning")
