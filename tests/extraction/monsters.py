"""Texts that no editor would print, each a function of its size in characters, more or less."""

from collections.abc import Callable, Iterable
from itertools import cycle, islice

Monster = Callable[[int], str]

_FIRST = ("Ann", "Bo", "Cem", "Dana", "Eero", "Fay", "Gil", "Hana", "Ivo", "June", "Kit", "Lea", "Max")
_LAST = ("Lee", "Ek", "Ünal", "Poole", "Vane", "Marlowe", "Tan", "O’Dowd", "Field", "Holub", "Strand")
_PROSE = (
    "The board of the harbour met on Monday, and it was a long evening for those who had come by ferry, "
    "because nobody had thought of the tide, and the last boat had left by ten. "
)


def _fill(*pieces: str) -> Monster:
    """The pieces over and over."""

    def build(size: int) -> str:
        whole = "".join(pieces)
        return (whole * (size // len(whole) + 1))[:size]

    return build


def _counted(template: str) -> Monster:
    """The template over and over, with a number that is never the same for `{n}`, and names."""

    def build(size: int) -> str:
        step = len(template.format(n=1000, first="Hana", last="Marlowe", letters="abcd"))
        return "".join(
            template.format(
                n=n,
                first=_FIRST[n % len(_FIRST)],
                last=_LAST[n % len(_LAST)],
                letters=_letters(n),
            )
            for n in range(max(1, size // step))
        )

    return build


def _letters(number: int) -> str:
    """A word of its own for each number: 0 a, 1 b, ... 26 ba."""
    letters = ""
    while True:
        number, digit = divmod(number, 26)
        letters = chr(ord("a") + digit) + letters
        if not number:
            return letters


def _nested(opens: str, closes: str, core: str = "no") -> Monster:
    """All opening marks, something, and all closing ones."""

    def build(size: int) -> str:
        half = size // 2
        opening = "".join(islice(cycle(opens), half))
        closing = "".join(islice(cycle(closes), half))
        return f"{opening}{core}{closing[::-1]}"

    return build


def _framed(before: str, piece: str, after: str) -> Monster:
    return lambda size: f"{before}{_fill(piece)(size)}{after}"


def _wrapped(size: int) -> str:
    """A paragraph wrapped at 72 columns, without an end."""
    words, lines, line = iter(_fill(_PROSE, "“So it goes,” she said. ")(size).split()), [], ""
    for word in words:
        if len(line) + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _spelled(characters: Iterable[int], around: str = "“{}” said Ann Lee. ") -> Monster:
    """A sentence with words made of such characters."""
    return _fill(around.format("".join(map(chr, characters))))


def _permuted(size: int) -> str:
    """Names of hundreds of words, each with the same words in another order."""
    words = [f"{first}{last.lower().replace('’', '')}" for first in _FIRST for last in _LAST]
    names: list[str] = []
    total = 0
    while total < size:
        words = words[7:] + words[:7]
        name = " ".join(["Zoe", *words[: 40 + len(names) % 60], "Zed"])
        names.append(f"{name} spoke.")
        total += len(names[-1]) + 1
    return " ".join(names)


MARKS: dict[str, Monster] = {
    "straight marks only": _fill('"'),
    "opening marks only": _fill("“"),
    "apostrophes only": _fill("'"),
    "single and double marks in turn": _fill("\"'"),
    "marks of all kinds nested": _nested("“‘«„\"'「", "」'\"”»’”"),
    "pairs of marks with nothing inside": _fill("“”"),
    "a quote a word": _fill("“a” "),
    "a single quote a word": _fill("'a' "),
    "single marks that only open": _fill("'a "),
    "single marks that open and close at once": _fill("'as b "),
    "single marks then possessives": lambda n: _fill("'a ")(n // 2) + _fill("s' a ")(n // 2),
    "single marks that only double ones could close": _fill("'a " * 300, "“", "s' " * 330, "” "),
    "plural possessives": _fill("the dogs' cats' tails "),
    "elisions": _fill("rock 'n' roll in the '90s, get 'em, 'tis "),
    "guillemets unclosed in each paragraph": _fill("«Les mots vont.\n\n"),
    "curly marks unclosed in each paragraph": _fill("“The words go on.\n\n"),
    "straight marks unclosed in each paragraph": _fill('"The words go on.\n\n'),
    "opening marks before reporters": _fill("“No, he said. "),
    "TeX marks": _fill("``No,'' she said. "),
    "single marks doubled and tripled": _fill("''a''' ''''b "),
    "corner brackets": _fill("「はい」『いいえ』"),
    "low opening marks": _fill("„Nein“ sagte Ann Lee, ‚ja‘. "),
    "a mark after each comma": _fill(',"'),
    "feet and inches": _fill('5\'10" 6\'2" 12" 3\' 4½" '),
    "primes of mathematics": _fill("f'(x) = g''(x) + h'''(x), y′ = ″ "),
    "fenced code": _fill("```\nx = `a` + ``b``\n```\n"),
    "mojibake": _fill("â€œNoâ€\x9d said Ann Leeâ€™s aunt. "),
}

LAYOUT: dict[str, Monster] = {
    "newlines only": _fill("\n"),
    "a newline and blanks without end": lambda n: "\n" + " " * n + "x",
    "newlines and blanks of growing length": lambda n: "".join(
        "\n" + " " * k for k in range(int((2 * n) ** 0.5))
    ),
    "paragraphs of one character": _fill("a\n\n"),
    "line ends of all systems": _fill("“No,” said Ann Lee.\r\n\r\nHe left.\r\n\n“No,” he said.\r"),
    "carriage returns": _fill("“No,” said Ann Lee.\r\rHe left.\r"),
    "form feeds and separators": _fill("“No,” she said.\f\x0b\x1c\x1d\x85\u2028\u2029"),
    "blanks of all kinds": _fill("“No,”\u00a0said\u2009Ann\u3000Lee\u202f.\t\u1680"),
    "one paragraph wrapped": _wrapped,
    "one line": _fill(_PROSE, "“So it goes,” she said. "),
    "no full stop": _fill("we walked on and on by the old mill and the sea "),
    "commas": _fill("a, b, , ,, "),
    "deep brackets": _nested("([{", "}])"),
    "dashes": _fill("— – - -- ‐ ― "),
    "every word with a capital": _fill("Mayor Says Ferry Will Sail On Monday\n\n"),
}

CHARACTERS: dict[str, Monster] = {
    "NULs and control characters": _spelled(range(0x20)),
    "halves of surrogate pairs": _fill("\ud800“\udfffNo\ud800,” said \udc00Ann Lee. "),
    "zero-width characters": _fill("\u200b“\u200dNo\ufeff,”\u2060 sa\u00adid A\u200bnn \u200eLee. "),
    "combining characters": _spelled([ord("o"), *range(0x300, 0x370)]),
    "right to left": _fill("قال “لا” أحمد: «نعم». \u202eאמר “לא” דוד\u202c. "),
    "emoji": _fill("👩‍👩‍👧‍👦 “No 🙅🏽‍♀️” said 🇫🇮 Ann Lee 1️⃣. "),
    "dotted and dotless i": _fill("“İyi,” said İsmail Işık. IŞIK İİİ ııı. "),
    "letters that grow when folded": _fill("“ŉo ﬁne ﬆraße,” said ẞeth ǰones. ΐ ﬃ İ "),
    "circled and squared capitals": _fill("Ⓐ 🅱 said “no”. 🅰🅱 Ⓒ told Ⓓ Lee “no”. "),
    "letters of full width": _fill("＂Ｎｏ，＂ ｓａｉｄ Ａｎｎ Ｌｅｅ． said Ａｎｎ "),
    "letters of mathematics": _fill("“𝐍𝐨,” said 𝓐𝓷𝓷 𝕃𝕖𝕖. "),
    "digits of all scripts": _fill("“٣ ௧ ½ ² Ⅷ 五,” said Ⅷ ²nd ½. "),
}

WORDS: dict[str, Monster] = {
    "one word": _fill("a"),
    "one quoted word of capitals": _framed("“", "AB", "”"),
    "a word of hyphens": _fill("a-"),
    "a word of apostrophes": _fill("a'"),
    "initials": _fill("A. B. C. "),
    "titles without a name": _fill("Mr "),
    "names in one sentence": _counted("{first} {letters} {last} waved, "),
    "distinct names in one sentence": _counted("X{letters} Y{letters}, "),
    "people of one surname": _counted("X{letters} Lee said “no {n}”. Lee left. "),
    "names of hundreds of words": _permuted,
    "particles": _fill("van de der von bin al Ann "),
    "owners of owners": _fill("the senator's aide's lawyer's "),
    "heads of heads": _fill("the report of the committee for the board of the council at the "),
    "pronouns": _fill("he she it they who him her his their "),
    "said": _fill("said "),
    "he said": _fill("he said "),
    "he said, quoted": _fill("“No,” he said, "),
    "he said in one sentence without a comma": _fill("he said “no” and she called it “yes” "),
    "said Ann and Bo": _fill("“No,” said Ann Lee and Bo Ek and "),
    "joint speakers without end": _framed("Ann Lee", ", Bo Ek", " and Cem Tan said “no”."),
    "according to": _fill("according to “no” "),
    "by whom": _fill("was called “no” by "),
    "his claim": _fill("his claim that Lee’s "),
    "the same words": _fill("“No way,” said Ann Lee. The “no way” stuck.\n\n"),
}

FORMATS: dict[str, Monster] = {
    "HTML soup": _fill("<p class=\"x\"><b>“No,”</i> said <a href='y'>Ann Lee</p>&quot;"),
    "tags unclosed": _fill("<a "),
    "a tag without end": lambda n: '<a href="' + "x" * n,
    "JSON": _counted('{{"id": {n}, "text": "“No,” said {first}", "n": [null, ["\\"{letters}\\""]]}},\n'),
    "source code": _fill('if x == \'a\' and y != "b": print(f\'{z!r}\', """doc""")\n    return d[\'k\']\n'),
    "posts": _fill("RT @ann_lee: “No” #ferries https://x.example/a?b='c'&d=\"e\" @_ @1 #\n"),
    "transcript": _counted("{first} {last}: “No {n}.”\nMR. {last}: Yes, he said.\n"),
    "labels in capitals": _fill("“LEE: No. EK: Yes.” "),
    "one label of capitals": _framed("“", "LEE EK ", ": no”"),
    "signed quotes": _counted("“No {n}” - {first} {last}, mayor\n\n"),
    "a table": _fill("| “a” | 'b' | 5'10\" | Ann Lee |\n|---|---|---|---|\n"),
}

MONSTERS: dict[str, Monster] = {**MARKS, **LAYOUT, **CHARACTERS, **WORDS, **FORMATS}
