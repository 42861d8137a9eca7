from pathlib import Path
from typing import Self

MODEL_FILE: Path

class LanguageIdentifier:
    @classmethod
    def from_model_file(cls, model_file: Path, *, norm_probs: bool = ...) -> Self: ...
    def classify(self, text: str) -> tuple[str, float]: ...
