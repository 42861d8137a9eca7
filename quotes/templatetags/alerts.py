"""What the templates of mail need: the words of a quote between marks."""

from django import template

register = template.Library()


@register.filter
def on_one_line(text: str) -> str:
    return " ".join(text.split())


@register.filter
def quoted(text: str) -> str:
    """The words between marks, whatever stands within them."""
    return f"“{on_one_line(text)}”"
