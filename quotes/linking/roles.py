"""What articles say that somebody is: whether two descriptions may be of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from quotes.english import lexicon
from quotes.english.role_classes import same_role
from quotes.english.role_words import role_words
from quotes.folding import fold

from .countries import countries, country_of


class Fit(IntEnum):
    """How two descriptions go together.

    CLASH    two walks of life that few people share: a striker and a judge
    OPEN     nothing is said, or nothing that tells
    ALLIED   walks of life that people pass between: a councillor and a minister
    SHARED   the same kind of role, or a name of the same body or place
    TIED     the same kind of role at the same body or place, or an office that one person holds at a time
    """

    CLASH = 0
    OPEN = 1
    ALLIED = 2
    SHARED = 3
    TIED = 4


@dataclass(frozen=True, slots=True)
class Role:
    """A description, folded. `bodies`: its words with a capital; `field`: the walk of life, "" if unknown."""

    heads: frozenset[str]
    bodies: frozenset[str]
    field: str
    countries: frozenset[str]
    matter: frozenset[str] = frozenset()  # other words that tell: the dockworkers of a dockworkers' union
    office: str = ""  # of a whole country, which one person holds at a time
    is_second: bool = False  # a deputy, a vice president


@lru_cache(4096)
def read_role(description: str) -> Role:
    """What a description such as "former Harbour Board chairman" tells."""
    words = [word.strip(".,;:()'\"“”‘’") for word in description.replace("’s", "").replace("'s", "").split()]
    words = [word for word in words if word]
    folded = [fold(word) for word in words]
    head, _ = role_words(" ".join(folded)) if folded else ("", frozenset())
    known = [word for word in folded if word in _FIELD_OF]
    heads = {head} & (lexicon.ROLE_NOUNS | lexicon.TITLES | set(_FIELD_OF)) if head else set()
    heads |= {word for word in known if word in lexicon.ROLE_NOUNS | lexicon.TITLES}
    bodies = {
        low
        for word, low in zip(words, folded, strict=True)
        if word[:1].isupper() and low not in lexicon.TITLES | lexicon.ROLE_NOUNS | _EMPTY
    }
    fields = {_FIELD_OF[word] for word in (*heads, *known) if word in _FIELD_OF}
    return Role(
        frozenset(heads),
        frozenset(bodies),
        next(iter(fields)) if len(fields) == 1 else "",
        countries(folded),
        frozenset(word for word in folded if len(word) > _TELLING and word not in _PLAIN_WORDS),
        _office(folded),
        not _SECOND.isdisjoint(folded),
    )


def _office(folded: list[str]) -> str:
    """The president of "US President" and "president of France", not of a vice president or of a union."""
    words = ["premier" if word == "minister" and "prime" in folded else word for word in folded]
    office = next((word for word in words if word in _OFFICES), "")
    rest = [word for word in words if word not in {office, "prime", "the", "of"} and not country_of(word)]
    return office if not rest or office == "premier" else ""


def shares_local_office(description: str, known: tuple[str, ...]) -> bool:
    """Whether somebody known is called what a town or a state has one of, as `description` does."""
    ours = read_role(description)
    return any(_is_same_local(ours, read_role(other)) for other in known)


def _is_same_local(one: Role, other: Role) -> bool:
    """One mayor; one fisheries minister."""
    heads = one.heads & other.heads
    return bool(heads & _LOCAL_OFFICES or (heads & _MINISTERS and one.matter & other.matter))


def fit(one: str, other: str) -> Fit:
    """How two descriptions go together; an empty one is open."""
    ours, theirs = read_role(one), read_role(other)
    shared_body = bool(ours.bodies & theirs.bodies)
    shared_head = any(same_role(head) & theirs.heads for head in ours.heads)
    if len(ours.bodies & theirs.bodies) > 1:  # the head and the chief of one Coastal Disaster Board
        shared_head = shared_head or bool(ours.heads & _LEADERS and theirs.heads & _LEADERS)
    if ours.countries and theirs.countries and not ours.countries & theirs.countries:
        return Fit.CLASH
    if ours.field and theirs.field and ours.field != theirs.field:
        return Fit.ALLIED if frozenset((ours.field, theirs.field)) in _ALLIED else Fit.CLASH
    same_rank = ours.is_second == theirs.is_second
    if same_rank and ((shared_head and shared_body) or (ours.office and ours.office == theirs.office)):
        return Fit.TIED
    about = ours.matter & theirs.matter
    near = about or ours.countries & theirs.countries or not (ours.bodies and theirs.bodies)
    if shared_body or (shared_head and near):
        return Fit.SHARED
    allied = (ours.field and ours.field == theirs.field) or about
    return Fit.ALLIED if allied else Fit.OPEN


def best_fit(described: Iterable[str], known: Iterable[str]) -> Fit:
    """How what an article says of somebody goes with what others said; a clash outweighs saying nothing."""
    others = [other for other in known if other]
    told = {fit(one, other) for one in described if one for other in others}
    best = max(told, default=Fit.OPEN)
    return Fit.CLASH if best is Fit.OPEN and Fit.CLASH in told else best


def post_fit(described: Iterable[str], known: Iterable[str]) -> Fit:
    """The best fit of two posts, TIED where both are of one matter or country ("transport economist").

    What many in one place are is no post, nor is the place alone.
    """
    others = [other for other in known if other]
    return max((_post_fit(one, other) for one in described if one for other in others), default=Fit.OPEN)


def _post_fit(one: str, other: str) -> Fit:
    ours, theirs = read_role(one), read_role(other)
    posts, their_posts = ours.heads - _COMMON, theirs.heads - _COMMON
    agree = any(same_role(head) & their_posts for head in posts) or (
        posts & _LEADERS and their_posts & _LEADERS
    )
    if not agree or ours.is_second != theirs.is_second:
        return Fit.OPEN
    found = fit(one, other)
    about = ours.matter & theirs.matter or ours.countries & theirs.countries
    return Fit.TIED if found is Fit.SHARED and about else found


_OFFICES = lexicon.words("president premier chancellor pope king queen emperor taoiseach")
_TELLING = 4  # letters: a shorter word is seldom what a role is about
_PLAIN_WORDS = (
    lexicon.TITLES
    | lexicon.ROLE_NOUNS
    | lexicon.ORG_WORDS
    | lexicon.words("former senior chief acting years young local national director leader general state")
)
_SECOND = lexicon.words("vice deputy assistant vice-president vice-chair vice-chairman acting")
_LEADERS = lexicon.words("head chief director leader boss president chair chairman chairwoman chairperson")
_MINISTERS = lexicon.words("minister secretary commissioner")
_LOCAL_OFFICES = lexicon.words("governor mayor sheriff archbishop bishop gov")
_COMMON = lexicon.words(
    """
    resident neighbour neighbor shopper customer passenger commuter visitor tourist traveller traveler witness
    bystander onlooker voter protester protestor demonstrator supporter fan volunteer student pupil graduate
    schoolboy schoolgirl teenager youngster child mother father mum mom dad parent grandmother grandfather
    wife husband widow widower son daughter brother sister friend teacher nurse farmer fisherman worker
    labourer driver pensioner retiree tenant homeowner villager user patient survivor victim member local
    woman man refugee migrant staff employee colleague relative cousin aunt uncle nephew niece couple
    mr mrs ms miss
    """
)
_EMPTY = lexicon.words("the a an of for former ex then now senior chief acting new")


_FIELDS = {
    "politics": """
        president minister secretary senator governor mayor councillor councilor councilman councilwoman
        congressman congresswoman lawmaker politician mp msp premier chancellor candidate nominee ambassador
        representative sen gov rep cllr taoiseach spokesman spokeswoman spokesperson activist campaigner
        campaign adviser aide whip backbencher vice-president deputy
    """,
    "sport": """
        striker midfielder defender goalkeeper winger forward footballer player coach captain skipper
        quarterback pitcher catcher batsman batter bowler cricketer golfer swimmer runner sprinter athlete
        cyclist boxer jockey driver racer fly-half scrum-half full-back centre-half flanker lock prop hooker
        referee umpire wicketkeeper rower skater skier gymnast wrestler guard shortstop outfielder
    """,
    "law": """
        judge justice lawyer attorney solicitor barrister prosecutor magistrate coroner recorder counsel
        advocate
    """,
    "police": """
        detective inspector sergeant constable superintendent officer sheriff trooper policeman policewoman
        fire firefighter fireman coastguard
        det insp sgt pc supt dc dci di
    """,
    "science": """
        scientist researcher professor biologist physicist chemist astronomer geologist ecologist botanist
        epidemiologist geneticist zoologist oceanographer climatologist psychologist neuroscientist
        paleontologist palaeontologist lecturer academic historian archaeologist mathematician statistician
        hydrologist seismologist glaciologist virologist prof engineer
    """,
    "medicine": """
        doctor surgeon physician nurse midwife gp medic paramedic paediatrician cardiologist dr vet dentist
    """,
    "business": """
        executive ceo chairman chairwoman chairperson entrepreneur businessman businesswoman founder investor
        trader banker economist analyst accountant landlord landlady shopkeeper grocer owner co-founder
        baker bakery butcher florist barber hairdresser plumber builder carpenter electrician mechanic
        innkeeper restaurateur chef cook bartender merchant fishmonger retailer publican shop restaurant cafe
        brewery brewer
    """,
    "arts": """
        singer musician songwriter rapper composer guitarist pianist cellist violinist drummer conductor actor
        actress artist painter sculptor novelist poet author playwright dancer choreographer filmmaker
        comedian designer architect potter
    """,
    "press": "journalist reporter correspondent columnist editor presenter broadcaster anchor host",
    "faith": "bishop archbishop priest vicar pastor reverend rev rabbi imam cardinal pope deacon",
    "land": "farmer fisherman grower forester gardener crofter shepherd rancher",
    "school": "teacher headteacher headmaster headmistress schoolteacher",
    "youth": "pupil student schoolboy schoolgirl teenager child",
}  # fmt: skip
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split()}
_ALLIED = {
    frozenset(pair)
    for pair in (
        ("politics", "law"), ("politics", "business"), ("politics", "press"), ("politics", "science"),
        ("politics", "school"), ("politics", "land"), ("law", "business"), ("law", "police"),
        ("business", "science"), ("business", "land"), ("business", "arts"), ("business", "sport"),
        ("science", "medicine"), ("arts", "press"), ("science", "school"), ("politics", "medicine"),
        ("science", "arts"), ("science", "press"), ("youth", "sport"), ("youth", "politics"),
        ("youth", "arts"), ("youth", "science"), ("school", "sport"), ("school", "arts"),
        ("police", "politics"),
    )
}  # fmt: skip
