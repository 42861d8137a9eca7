"""The figures of `manage.py bench` as tables for a person."""

from collections.abc import Iterator
from typing import Any

from quotes.bench.measures import OURS
from quotes.management.console import Palette, counted


def describe(found: dict[str, Any], palette: Palette) -> Iterator[str]:
    """All tables."""
    yield from _setting(found["machine"], found["data"])
    yield from _speed(found["speed"], palette)
    yield from _length(found["length"], palette)
    yield from _batch(found["batch"], palette)
    yield from _needs(found["memory"], found["start"], palette)


def _setting(machine: dict[str, Any], data: dict[str, Any]) -> Iterator[str]:
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    yield f"Machine: {machine['processor']}, {counted(machine['cores'], 'core')}, {machine['system']}"
    yield f"Python {machine['python']}, {packages}"
    yield (
        f"Data: {counted(data['articles'], 'article')} of {data['words']} words "
        f"({data['mean_characters']:,} characters), made of {data['files']} files in fixtures/"
    )
    yield ""


def _speed(speed: dict[str, Any], palette: Palette) -> Iterator[str]:
    where = "" if speed["core"] is None else f", pinned to core {speed['core']}"
    yield palette.speaker(f"{'Speed, one process on one core':<34}  articles/s  ms/article  times ours")
    for name, row in speed["contenders"].items():
        times = "" if name == OURS else f"  {row['times_ours']:10.2f}"
        yield f"  {name:<32}  {row['articles_per_second']:10.1f}  {row['ms_per_article']:10.2f}{times}"
    yield palette.quiet(
        f"  processor time, best of {counted(speed['rounds'], 'round')} in turn{where}; "
        f"{speed['quotes_per_article']:.1f} quotes an article; ratio: middle of the rounds"
    )
    yield ""


def _length(length: dict[str, Any], palette: Palette) -> Iterator[str]:
    yield palette.speaker(f"{'Length of the text':<34}     seconds       ms/KB      factor")
    for row in length["sizes"]:
        yield (
            f"  {row['bytes'] / 1000:<8,.0f}KB{'':<22}  {row['seconds']:10.3f}  "
            f"{row['ms_per_kilobyte']:10.2f}  {row['factor']:10.2f}"
        )
    yield ""


def _batch(batch: dict[str, Any], palette: Palette) -> Iterator[str]:
    title = f"Batch of {batch['articles']} articles"
    yield palette.speaker(f"{title:<34}  articles/s     seconds  first after")
    for row in (batch["one"], batch["all"]):
        yield (
            f"  processes: {row['processes']:<21}  {row['articles_per_second']:10.1f}  "
            f"{row['seconds']:10.2f}  {row['first_answer_seconds']:9.2f} s"
        )
    factor = batch["all"]["articles_per_second"] / batch["one"]["articles_per_second"]
    yield palette.quiet(
        f"  {factor:.2f} times as fast, once started; by the clock, so leave the machine alone"
    )
    yield ""


def _needs(memory: dict[str, Any], start: dict[str, Any], palette: Palette) -> Iterator[str]:
    weights = start["weights_mb"]
    yield palette.speaker("Memory, start and size")
    yield f"  peak memory, ready to read          {memory['ready_mb']:8.0f} MB"
    text = f"after a text of {memory['bytes'] / 1000:,.0f} KB"
    yield f"  peak memory, {text:<22} {memory['peak_mb']:8.0f} MB"
    yield f"  fresh process to its first quotes   {start['process_seconds']:8.2f} s"
    yield (
        f"    of which import {start['import_seconds']:.2f} s, load and read {start['load_seconds']:.2f} s; "
        f"middle of {counted(start['runs'], 'run')}"
    )
    shown = f"{weights:8.1f} MB" if weights else "    none: rules alone"
    yield f"  weights in quotes/extraction/model  {shown}"
