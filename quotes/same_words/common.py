"""Words of grammar and of talk, in the spelling of `words`: they say little about what was said."""

from quotes.same_words.words import spelled

_GRAMMAR = """
a about after all also am an and any are as at be because been before being but by can could did do
does doing done down ever every for from get go going good got had has have he her here him his how
i if in into is it its just know let like lot make many may me more most much must my never no not
now of on one only or other our out over people really right said same say says see shall she should
so some such take than that the their them then there these they thing things think this those to
too up us very want was way we well were what when where which who whom why will with would yes you
your
"""
GRAMMAR = frozenset(map(spelled, _GRAMMAR.split()))
NEGATIONS = frozenset(("not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without"))
