"""Quotes out of attributed spans: joined, repeated, nested and labelled ones, and how sure each is."""
