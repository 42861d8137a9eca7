"""The shipped pipeline: an ordinary spaCy pipeline, small, found by entry names, with nothing pickled."""

import json
import subprocess
import sys
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import spacy

from quotes.extraction import Extraction
from quotes.extraction.assembly.confidence import Calibration
from quotes.extraction.attribution.network import Network, shapes
from quotes.extraction.pipeline import (
    MODEL,
    AttributionComponent,
    add_components,
    load_pipeline,
    shipped_weights,
)
from quotes.training.model import write

TEXT = "“We sail at dawn,” Ann Lee said."
MEGABYTE = 1_000_000


def _speaker(found: Extraction) -> str | None:
    speaker = found.quotes[0].speaker
    return speaker.name if speaker else None


def test_the_weights_are_small_and_hold_no_pickle() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 15 * MEGABYTE
    for path in files:
        assert path.suffix in {".npz", ".json", ".cfg", ".md", ".bin", ""}
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as arrays:
                assert all(arrays[name].dtype != object for name in arrays)


def test_the_card_lies_beside_the_weights() -> None:
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    for heading in ("## Data", "## Figures", "## Known failures"):
        assert heading in card


def test_spacy_finds_the_components_by_their_entry_names() -> None:
    """`make install` installs the project; without that, spaCy cannot know of us."""
    names = {point.name for point in entry_points(group="spacy_factories")}
    assert {"quotetracker_marks", "quotetracker_mentions", "quotetracker_attribution"} <= names


@pytest.mark.model
def test_the_shipped_folder_loads_in_a_process_that_never_imported_us() -> None:
    code = f"import spacy; print(spacy.load({str(MODEL)!r})({TEXT!r})._.quotes.quotes[0].speaker.name)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "Ann Lee"


@pytest.mark.model
def test_components_go_on_top_of_a_pipeline_that_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = spacy.blank("en")
    other.add_pipe("sentencizer")
    other.to_disk(tmp_path / "theirs")
    monkeypatch.setenv("QUOTETRACKER_SPACY_MODEL", str(tmp_path / "theirs"))
    load_pipeline.cache_clear()
    try:
        doc = load_pipeline()(TEXT + " She left.")
    finally:
        load_pipeline.cache_clear()
    assert len(list(doc.sents)) == 2
    assert _speaker(doc._.quotes) == "Ann Lee"


@pytest.mark.model
def test_a_pipeline_that_was_saved_with_the_components_brings_its_own_weights(tmp_path: Path) -> None:
    network, _ = shipped_weights()
    silent = {name: np.zeros_like(array) for name, array in network.parameters.items()}
    nlp = add_components(spacy.blank("en"))
    component = cast(AttributionComponent, nlp.get_pipe("quotetracker_attribution"))
    component.network = Network(network.vocabulary, silent)
    nlp.to_disk(tmp_path)
    found = spacy.load(tmp_path)(TEXT)._.quotes
    assert found.quotes[0].confidence < add_components(spacy.blank("en"))(TEXT)._.quotes.quotes[0].confidence


@pytest.mark.model
def test_a_pipeline_that_is_made_elsewhere_has_its_own_weights(tmp_path: Path) -> None:
    network, _ = shipped_weights()
    silent = {name: np.zeros_like(array) for name, array in network.parameters.items()}
    write(Network(network.vocabulary, silent), Calibration(), tmp_path)
    component = cast(AttributionComponent, spacy.load(tmp_path).get_pipe("quotetracker_attribution"))
    assert not any(array.any() for array in component.network.parameters.values())
    assert component.calibration == Calibration()


@pytest.mark.model
def test_a_network_reads_back_what_it_writes() -> None:
    network, _ = shipped_weights()
    again = Network.from_bytes(network.to_bytes())
    assert again.vocabulary.words == network.vocabulary.words
    assert all((again.parameters[name] == array).all() for name, array in network.parameters.items())


@pytest.mark.model
def test_weights_of_another_version_are_refused_with_a_hint() -> None:
    file = BytesIO()
    with np.load(BytesIO(shipped_weights()[0].to_bytes()), allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays if name != "out"}
        np.savez(file, allow_pickle=False, **kept, out=[1])
    with pytest.raises(ValueError, match="make the model again"):
        Network.from_bytes(file.getvalue())


@pytest.mark.model
def test_the_configuration_names_no_machine() -> None:
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    assert meta["lang"] == "en"
    assert set(shapes(len(shipped_weights()[0].vocabulary))) == set(shipped_weights()[0].parameters)
