"""Short forms of first names: data only."""

from collections import defaultdict

_TABLE = """
    michael mike mick mickey; robert bob rob bobby robbie; william bill will billy willie; james jim
    jimmy jamie; thomas tom tommy; david dave davey; daniel dan danny; joseph joe joey; christopher
    chris kit; matthew matt; benjamin ben benny; samuel sam sammy; samantha sam; edward ed eddie ted
    ned; anthony tony; steven steve; stephen steve; ronald ron ronnie; donald don donnie; kenneth ken
    kenny; elizabeth liz beth betty lizzie eliza; katherine kate kathy katie kat; catherine cathy kate
    katie cat; susan sue susie; jennifer jen jenny; nicholas nick nicky; nicola nicky; patrick pat
    paddy; patricia pat patty trish; gregory greg; jeffrey jeff; geoffrey geoff; timothy tim; richard
    rick dick rich richie ricky; charles charlie chuck chas; charlotte charlie lottie; andrew andy drew;
    alexander alex sandy; alexandra alex sandra; victoria vicky vicki; deborah debbie deb; margaret
    maggie meg peggy; lawrence larry; laurence larry; gerald jerry; frederick fred freddie; peter pete;
    philip phil; phillip phil; raymond ray; leonard len lenny; lenard len; albert al bert; alan al;
    alfred alf fred; arthur art; walter walt wally; harold harry hal; henry harry hank; francis frank;
    theodore ted teddy; terence terry; terrence terry; teresa terry tess; douglas doug; dennis den;
    desmond des; derek del; ernest ernie; eugene gene; jacob jake; jonathan jon; john jack johnny jon;
    joshua josh; zachary zach zack; nathaniel nat nate; nathan nate; vincent vince vinny; victor vic;
    rebecca becky becca; barbara barb babs; christine chris chrissie; christina chris tina; cynthia
    cindy; dorothy dot dottie; jacqueline jackie; janet jan; josephine jo josie; joanna jo; judith judy;
    kimberly kim; pamela pam; penelope penny; rosalind roz ros; rosemary rose rosie; sandra sandy;
    stephanie steph; valerie val; virginia ginny; abigail abby; amanda mandy; angela angie; bernard
    bernie; bradley brad; clifford cliff; gabriel gabe; gabrielle gabby; jessica jess; mitchell mitch;
    montgomery monty; oliver ollie; olivia liv; randolph randy; reginald reg; rodney rod; roland rollie;
    russell russ; stanley stan; stuart stu; sidney sid; wilfred wilf; colin col; malcolm mal; graham
    gra; louis lou; louise lou; lucinda lucy cindy; leslie les; lesley les; norman norm; percival percy
"""


def _groups() -> dict[str, frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for row in _TABLE.split(";"):
        names = row.split()
        for name in names:
            groups[name].add(names[0])
    return {name: frozenset(found) for name, found in groups.items()}


_LONG_FORMS = _groups()


def same_first_name(first: str, other: str) -> bool:
    """Whether two folded first names may be one: equal, an initial, a short form."""
    if first == other or (min(len(first), len(other)) == 1 and first[:1] == other[:1]):
        return True
    return bool(long_forms(first) & long_forms(other))


def long_forms(name: str) -> frozenset[str]:
    """What a folded first name may be short for, itself where it is no short form; empty where unknown."""
    return _LONG_FORMS.get(name, frozenset())
