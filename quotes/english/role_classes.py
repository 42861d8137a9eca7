"""Which role nouns can stand for one another ("the senator" for "Sen."): data only."""

_TABLE = """
    senator sen sen.; governor gov gov.; congressman congresswoman representative rep rep. congressmember;
    professor prof prof. academic lecturer scholar; doctor dr dr. physician surgeon medic gp; minister
    secretary; president; prime-minister premier; premier minister; landlord landlady publican; grocer
    shopkeeper; widow wife; widower husband; headteacher headmaster headmistress head principal; councillor
    councilor cllr cr cr. councilman councilwoman; spokesman spokeswoman spokesperson; officer detective
    inspector sergeant constable superintendent lieutenant sheriff trooper det insp sgt pc supt det. insp.
    sgt. supt. dc dci di policeman policewoman commander deputy sub-inspector; manager coach boss trainer
    gaffer; captain skipper capt capt.; executive ceo boss chief-executive chief; lawyer attorney solicitor
    barrister counsel defender; prosecutor attorney; judge justice magistrate recorder coroner; scientist
    researcher
    professor biologist physicist chemist astronomer geologist ecologist epidemiologist geneticist zoologist
    botanist oceanographer climatologist psychologist neuroscientist paleontologist palaeontologist; author
    writer novelist columnist poet biographer historian; journalist reporter correspondent columnist editor
    presenter broadcaster anchor host; singer musician songwriter rapper composer star frontman guitarist
    pianist conductor; actor actress star; artist painter sculptor; player footballer striker midfielder
    defender goalkeeper keeper winger forward back full-back centre-half fly-half scrum-half captain pitcher
    catcher quarterback batsman bowler batter infielder outfielder shortstop teammate; mother mum mom
    parent; father dad parent; wife spouse widow; husband spouse widower; founder co-founder cofounder
    entrepreneur; chairman chairwoman chair chairperson; director; economist analyst strategist; pastor
    vicar priest reverend rev rev. minister; bishop archbishop; general gen gen.; colonel col.;
    commissioner; collector; mayor; adviser advisor aide consultant; lawmaker senator representative
    congressman congresswoman mp msp politician sen rep sen. rep. legislator; politician president governor
    senator minister mayor; nominee candidate; brother sibling; sister sibling; daughter child; son child;
    businessman businesswoman entrepreneur billionaire mogul tycoon; farmer grower; official; astronaut;
    watchdog regulator authority commission inspectorate ombudsman office agency; force police constabulary;
    union guild association federation confederation; airline carrier airways airlines air; bank lender
    bancorp; insurer insurance assurance; club side team united city town fc afc athletic rovers county
    albion wanderers rangers; school academy college primary secondary high; university institute college;
    company firm group business chain retailer maker giant manufacturer inc plc ltd holdings corp
    corporation industries stores brands; charity trust foundation fund society; party democrats republicans
    conservatives labour greens; ministry department; hospital infirmary clinic trust; newspaper paper
    tabloid daily times post herald gazette telegraph guardian courier journal tribune; council authority
    borough; think-tank institute foundation centre center; court tribunal; campaign alliance coalition
    network; agency bureau; publisher press books; broadcaster channel network tv television; developer
    homes estates properties; supermarket grocer stores; brewery brewer; mp lawmaker politician backbencher;
    mp minister secretary; teenager youngster; cleric bishop archbishop priest imam rabbi cardinal pastor
    vicar mufti ayatollah preacher clergyman; police-chief commissioner inspector-general superintendent;
    ranger warden; driver racer; teacher headteacher principal head; nurse; friend; driver; pilot
"""


def _table() -> dict[str, frozenset[str]]:
    groups = [frozenset(row.split()) for row in _TABLE.split(";")]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


_CLASSES = _table()


def same_role(head: str) -> frozenset[str]:
    """Folded role nouns and titles that may name whoever is called `head`, itself included."""
    return _CLASSES.get(head, frozenset()) | {head, head.rstrip(".")}
