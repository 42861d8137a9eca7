"""Whoever a text mentions: names, pronouns and role phrases, and of which verbs they are subjects."""
