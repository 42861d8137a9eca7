"""One first name in its spellings: Steven and Stephen, Mohammed and Muhammad, Volodymyr and Vladimir.

By sound where that tells, by a table where it does not. Names that differ in what makes another name of
them (Maria and Mario, Jean and Joan) are never one.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import combinations

from quotes.english import lexicon
from quotes.english.short_names import long_forms, same_first_name
from quotes.folding import fold

# Names of languages in Latin letters that are spelt in several ways, one of each sound.
_SPELT = """
    steven stephen stephan; ann anne; geoffrey jeffrey jeffery jeffry; graham graeme grahame; rachel
    rachael; nicholas nicolas nicolaas nickolas; catherine katherine katharine kathryn cathryn kathrine
    catharine; brian bryan; sean shaun shawn; laurence lawrence; louis lewis; stuart stewart; ian iain;
    neil neal; gerard gerald; jane jayne; karen karin caren; kirsten kirstin; kristen kristin; lyn lynne;
    clare claire clair; caroline carolyn; kaitlin caitlin caitlyn katelyn; megan meghan meagan; deborah
    debra; gillian jillian; joanne joann; gail gayle gale; lindsay lindsey linsey; cheryl sheryl; sheila
    shelagh sheelagh; carol carole; elaine elayne; alison alyson; isabel isobel isabelle izabel; eleanor
    elinor eleanore; madeleine madelyn madalyn; annabel annabelle; marian marion; vivien vivian vivienne;
    nicole nichole; aidan aiden aodhan; kieran ciaran kieron keiran; eoin eoghan; padraig padraic; darragh
    daragh dara; orla orlagh; moira moyra; niall nial; jonathan jonathon johnathan johnathon; michael
    micheal mikael; christopher kristoffer christoffer; frederick fredrick frederic fredrik; theodore
    theodor; rodger roger; harold harald; isaac izaak issac; maurice morris; jarrod jared jarod; jordan
    jordon; nathaniel nathanael; rhys reece reese; zachary zachery zackary; zac zach zack; elizabeth
    elisabeth lisbeth elizabet; juliet juliette; jeremy jeremie; cameron kameron; tristan tristram;
    philippa filippa; jon john; xavier javier; detlef detlev; gerhard gerhardt; bernard bernhard; rainer
    reiner; meike maike; niels nils; siegfried sigfried sigfrid; oyvind oivind; leonard leonhard; alan allen;
    derek derrick; chloe khloe; gwendolyn gwendoline gwendolen; abigail abigael; gerry jerry;
    jacqueline jacquelyn jaclyn jacklyn jaqueline
"""
# Names put into Latin letters: which way says little of who it is.
_TRANSLITERATED = """
    mohammed muhammad mohamed mohammad mohamad muhammed muhamed muhamad mohamet; ahmed ahmad akhmed akhmad
    achmed achmad ahmet; mahmoud mahmood mehmood; yusuf youssef yousef yusef youssouf yousif yusif jusuf
    yussef; hussein hussain hossein hosein husain husein hossain; hassan hasan; ibrahim ebrahim; ismail ismael
    esmail esmaeil; omar umar omer; osman usman othman uthman ousmane; osama usama oussama; abdullah
    abdallah abdulla abdalla abdellah; abdulrahman abdelrahman abdurrahman abdurahman abderrahman
    abderrahmane abdirahman; khaled khalid; tariq tarek tareq tarik tarick; jamal gamal jamel; rashid
    rachid rasheed; said saeed sayeed saied saed; sayed sayyid syed sayyed seyed; walid waleed oualid;
    nasser nasir naser nassir; yasser yasir yaser yassir; amir emir ameer; faisal faysal feisal faizal
    faycal; fuad fouad foad; jafar jaafar jaffar jaffer; hisham hicham hesham; majid madjid; mustafa
    mostafa moustafa moustapha mustapha; qasim kassem qassem qasem kasim kacem; sulaiman suleiman suleyman
    soliman sulayman; zaid zayd zeid; ziad ziyad zeyad; zainab zaynab zeinab zineb; fatima fatma fatema
    fatemeh; aisha ayesha aicha aysha; khadija khadeeja khadidja; leila layla laila leyla; salma selma;
    yasmin yasmine jasmin jasmine; huda hoda houda; iman eman imane; sumaya soumaya sumayya; zahra zehra
    zohra; mona muna mouna; nora noora noura; shaima chaima; anwar anouar; ashraf achraf; ayman aiman
    aymen eymen; bashar bachar; bashir bachir bechir; bilal bilel; issam essam isam; haitham haytham
    haithem; haidar haydar heidar haider hyder; imad emad imed; jabir jaber; jalal galal djalal; kamal
    kemal; maher mahir; marwan merouane marouane marwane; munir mounir monir; rafiq rafik; riad riyad
    riyadh; saleh salih; salim selim; sharif cherif shareef; shaukat shawkat; taher tahir; wael wail;
    yahya yehia yahia; yaqub yacoub yaqoob yakub; younes yunus younis yunis yones; zakaria zakariya
    zakariyya; iqbal eqbal; imran emran; irfan erfan; jamil jameel djamil; mehdi mahdi; pervez parvez
    parvaiz pervaiz; rehman rahman; riaz riyaz; shahbaz shehbaz; tayyip tayyib tayeb; zubair zubayr
    zoubeir zubeir; zulfikar zulfiqar; muammar moammar; muqtada moqtada; khaleda khalida; javad jawad;
    mohsen muhsin mohsin; dawood daoud dawud daud davoud; dariush daryoush; reza riza; mariam maryam
    meriem meryem meriam; karim kerim; nuri nouri; jawahir jawaher; samir sameer; tamer tamir; munther
    mundhir; abdulkarim abdelkrim; abdulmalik abdelmalek; abdulkader abdelqader abdulkadir abdulqadir;
    gulnara gulnora; dilshod dilshad; rustam rustem; kasym kassym qasym; vladimir volodymyr uladzimir;
    alexander oleksandr aleksandar aliaksandr alexandr; alexandra oleksandra; alexei oleksiy aliaksei;
    andrei andriy andrej; sergei serhiy siarhei; dmitry dmytro dimitri dzmitry; yevgeny yevhen yevheniy
    yauheni evgeni evgueni jevgeni; ekaterina yekaterina kateryna katerina katsiaryna jekaterina; elena
    yelena olena jelena; mikhail mykhailo michail mikheil; nikolai mykola mikalai; oleg oleh aleh; igor
    ihor; yuri juri; kirill kyrylo; pyotr petro petr piotr; pavel pavlo; vasily vasyl; grigory hryhoriy
    hryhory; georgy heorhiy georgi giorgi; artem artyom artiom; svetlana svitlana sviatlana; yulia julia
    iulia; lyudmila liudmyla ludmila; tatiana tetiana tetyana; evgenia yevheniia yevgenia; gennady
    hennadiy; bogdan bohdan; daniil danylo danila; nikita mykyta; semyon semen semion; fyodor fedir fedor
    fiodor; vladislav vladyslav uladzislau; yaroslav jaroslav; lyubov liubov; egor yehor; yakov jakov
    iakov; ganna hanna; valentina valiantsina; djordje dorde; milosh milos; hristo khristo christo; stoyan
    stojan; yosef yossef josef iosif yosyp; sargis sarkis; gevorg kevork; hakob hagop; yuliana juliana;
    yitzhak yitzchak itzhak; binyamin benyamin benjamin; avraham avram abraham; yaakov yakov; haim chaim
    chayim; tzipi tsipi zipi; yoav joav; yehuda jehuda; yoram joram; yonatan yehonatan; giorgos yorgos
    georgios yiorgos; giannis yannis ioannis yiannis; panagiotis panayotis panayiotis; dimitris dimitrios;
    evangelos vangelis; lakshmi laxmi; srinivas shrinivas sreenivas; arvind aravind; bhupinder bhupender;
    sung seong; jung jeong; hyun hyeon; young yeong; suk seok; kyung gyeong;
    hafez hafiz; jihad gihad jehad; rasha racha
"""
# Which sound alike, and are other names.
_OTHER_NAMES = """
    mary marie mari; lisa liza; eliza elisa; valery valerie; leslie lesley; keely kylie; evan ewan; gareth
    garrett; micah mika; michel mitchell; hari harry; carrie kaari; terry terri teri; robin robyn; toni
    tony; jai jay; aileen aylin; kai kay; barrie barry
"""

_SOUNDS = tuple(
    (re.compile(written), meant)
    for written, meant in (
        # one sound in the Latin letters of several languages
        ("^abd[aeiou]l(?=.)", "abdul"), ("tsch|tch", "ch"), ("sch", "sh"), ("chr", "kr"), ("ph", "f"),
        ("th", "t"), ("dzh|zh|dj", "j"), ("kh", "h"), ("gh(?=[aeiou])", "g"),
        ("ks", "x"), ("ck", "k"), ("q", "k"), ("w", "v"),
        ("c(?=[^eihy]|$)", "k"), ("ff$", "v"),
        # umlauts written out
        (r"(?<=[^aeiou])([aou])e(?=[^aeiou])|^([aou])e(?=[^aeiou])", r"\1\2"),
        # vowels
        ("^ye", "e"), ("eigh$", "i"), ("ou|oo", "u"), ("ee", "i"), ("(?<=.)[ei]y|iy|ij", "i"), ("y", "i"),
        ("(?<=.)(?:ei|ie)$", "i"), ("(?<=[^aeiou])ja$", "ia"),
        # what is not heard
        (r"(.)\1+", r"\1"), ("(?<=[aeiou])h$", ""), ("(?<=[a-z])z", "s"), ("(?<=[bdfgkptvx])[ae](?=r$)", ""),
    )
)  # fmt: skip


@lru_cache(8192)
def sound(first: str) -> str:
    """The same for spellings of a folded first name that are read alike: Sergei, Sergey, Sergiy."""
    for written, meant in _SOUNDS:
        first = written.sub(meant, first)
    return first


@lru_cache(8192)
def is_variant(one: str, other: str) -> bool:
    """Whether two folded first names are one name in two spellings."""
    if one == other or min(len(one), len(other)) == 1:
        return one == other
    if _groups(one) & _groups(other):
        return True
    if frozenset((one, other)) in _APART or {_gender(one), _gender(other)} == {"m", "f"}:
        return False
    return sound(one) == sound(other) or _differ_in_weak_vowels(one, other)


def is_transliteration(one: str, other: str) -> bool:
    """Whether two folded first names are one that was put into Latin letters in two ways."""
    return not _FROM_OTHER_LETTERS.isdisjoint(_groups(one) & _groups(other))


def is_short_form(one: str, other: str) -> bool:
    """Whether one of two folded first names is an initial of the other, or short for a spelling of it."""
    return same_first_name(one, other) or (
        (_is_short(one) or _is_short(other))
        and any(is_variant(a, b) for a in {one} | long_forms(one) for b in {other} | long_forms(other))
    )


@lru_cache(8192)
def common_forms(first: str) -> frozenset[str]:
    """Forms of which a folded first name shares one with each spelling, short form and initial of it."""
    found = {first, first[:1]}
    for form in {first} | long_forms(first):
        found |= {form, sound(form)} | {_HEADS[group] for group in _groups(form)}
    return frozenset(found)


def _is_short(name: str) -> bool:
    return bool(long_forms(name)) and name not in long_forms(name)


def _differ_in_weak_vowels(one: str, other: str) -> bool:
    """Whether only a and e, or o and u, vary within two names of which one at least is little known."""
    ours, theirs = sound(one), sound(other)
    if (
        {one, other} <= _KNOWN
        or min(len(ours), len(theirs)) < _LONG
        or (ours[:1], ours[-1:]) != (theirs[:1], theirs[-1:])
    ):
        return False
    return ours.translate(_WEAK_VOWELS) == theirs.translate(_WEAK_VOWELS)


def _groups(first: str) -> frozenset[int]:
    return _GROUPS.get(sound(first), frozenset())


def _gender(first: str) -> str:
    """ "m", "f"; "" for either and for a name that is little known."""
    male, female = first in _MALE, first in _FEMALE
    return "" if male == female else "m" if male else "f"


def _by_sound(rows: list[list[str]]) -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for name in row:
            found[sound(name)].add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


def _rows(table: str) -> list[list[str]]:
    return [row.split() for row in table.split(";")]


_ROWS = _rows(_SPELT) + _rows(_TRANSLITERATED)
_HEADS = [row[0] for row in _ROWS]
_GROUPS = _by_sound(_ROWS)
_FROM_OTHER_LETTERS = frozenset(range(len(_rows(_SPELT)), len(_ROWS)))
_APART = {frozenset(pair) for row in _rows(_OTHER_NAMES) for pair in combinations(row, 2)}
_LONG = 6  # letters: Karan is no Karen
_WEAK_VOWELS = str.maketrans("eo", "au")
_MALE = {fold(name) for name in lexicon.MALE_NAMES | lexicon.UNISEX_NAMES}
_FEMALE = {fold(name) for name in lexicon.FEMALE_NAMES | lexicon.UNISEX_NAMES}
_KNOWN = _MALE | _FEMALE
