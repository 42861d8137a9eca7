"""The record as flat tables: what CSV files and snapshots are made of. Only reads the database."""

from quotes.exporting.columns import Column, Value
from quotes.exporting.tables import ARTICLES, QUOTES, SOURCES, SPEAKERS, TABLES, Row, Table

__all__ = ["ARTICLES", "QUOTES", "SOURCES", "SPEAKERS", "TABLES", "Column", "Row", "Table", "Value"]
