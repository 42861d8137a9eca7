"""Word lists: data only.

Verb tables hold one verb between semicolons: the plain form first, then its other forms.
"""

from pathlib import Path

from quotes.english import nouns


def words(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


def given_names(sex: str) -> frozenset[str]:
    """First names by whose they mostly are: "male", "female" or "either"."""
    return words((Path(__file__).with_name("given_names") / f"{sex}.txt").read_text(encoding="utf-8"))


def phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in text.split(";"))


def plural(noun: str) -> str:
    """The usual plural: witness, witnesses; ally, allies; spokesman, spokesmen."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _forms(table: str) -> dict[str, str]:
    """Inflected form -> plain form."""
    rows = [row.split() for row in table.split(";")]
    return {form: forms[0] for forms in rows for form in forms}


# Verbs of saying and writing: a quote beside one is speech.
_SAY = """
say says said saying; tell tells told telling; add adds added adding; ask asks asked asking; reply
replies replied replying; respond responds responded responding; answer answers answered answering;
write writes wrote written writing; tweet tweets tweeted tweeting; post posts posted posting; continue
continues continued continuing; explain explains explained explaining; note notes noted noting; state
states stated stating; declare declares declared declaring; announce announces announced announcing;
insist insists insisted insisting; argue argues argued arguing; warn warns warned warning; acknowledge
acknowledges acknowledged acknowledging; admit admits admitted admitting; concede concedes conceded
conceding; confirm confirms confirmed confirming; claim claims claimed claiming; observe observes
observed observing; remark remarks remarked remarking; comment comments commented commenting; recall
recalls recalled recalling; conclude concludes concluded concluding; joke jokes joked joking; quip quips
quipped quipping; shout shouts shouted shouting; yell yells yelled yelling; cry cries cried crying;
scream screams screamed screaming; chant chants chanted chanting; exclaim exclaims exclaimed exclaiming;
whisper whispers whispered whispering; mutter mutters muttered muttering; murmur murmurs murmured
murmuring; growl growls growled growling; snap snaps snapped snapping; retort retorts retorted
retorting; counter counters countered countering; assert asserts asserted asserting; maintain maintains
maintained maintaining; contend contends contended contending; stress stresses stressed stressing;
emphasize emphasizes emphasized emphasizing; emphasise emphasises emphasised emphasising; testify
testifies testified testifying; read reads reading; text texts texted texting; email emails emailed
emailing; e-mail e-mails e-mailed e-mailing; reiterate reiterates reiterated reiterating; repeat repeats
repeated repeating; report reports reported reporting; suggest suggests suggested suggesting; complain
complains complained complaining; lament laments lamented lamenting; muse muses mused musing; opine
opines opined opining; boast boasts boasted boasting; brag brags bragged bragging; grumble grumbles
grumbled grumbling; urge urges urged urging; predict predicts predicted predicting; caution cautions
cautioned cautioning; agree agrees agreed agreeing; interject interjects interjected interjecting;
interrupt interrupts interrupted interrupting; sing sings sang sung singing; plead pleads pleaded
pleading; beg begs begged begging; promise promises promised promising; vow vows vowed vowing; pledge
pledges pledged pledging; swear swears swore sworn swearing; allege alleges alleged alleging; charge
charges charged charging; reveal reveals revealed revealing; disclose discloses disclosed disclosing;
specify specifies specified specifying; clarify clarifies clarified clarifying; elaborate elaborates
elaborated elaborating; recount recounts recounted recounting; relate relates related relating;
volunteer volunteers volunteered volunteering; inquire inquires inquired inquiring; enquire enquires
enquired enquiring; query queries queried querying; wonder wonders wondered wondering; marvel marvels
marveled marveling; bellow bellows bellowed bellowing; bark barks barked barking; groan groans groaned
groaning; sigh sighs sighed sighing; laugh laughs laughed laughing; chuckle chuckles chuckled chuckling;
sob sobs sobbed sobbing; deadpan deadpans deadpanned deadpanning; demur demurs demurred demurring;
demand demands demanded demanding; concur concurs concurred concurring; object objects objected
objecting; protest protests protested protesting; venture ventures ventured venturing; surmise surmises
surmised surmising; theorize theorizes theorized theorizing; reason reasons reasoned reasoning; rule
rules ruled ruling; pronounce pronounces pronounced pronouncing; proclaim proclaims proclaimed
proclaiming; profess professes professed professing; attest attests attested attesting; tease teases
teased teasing; advise advises advised advising; inform informs informed informing; remind reminds
reminded reminding; assure assures assured assuring; implore implores implored imploring; stammer
stammers stammered stammering; thunder thunders thundered thundering; blog blogs blogged blogging;
caption captions captioned captioning; sniff sniffs sniffed sniffing; scoff scoffs scoffed scoffing;
gush gushes gushed gushing; enthuse enthuses enthused enthusing; fume fumes fumed fuming; rage rages
raged raging; declaim declaims declaimed declaiming; intone intones intoned intoning; echo echoes echoed
echoing; bemoan bemoans bemoaned bemoaning; type types typed typing; jot jots jotted jotting; scrawl
scrawls scrawled scrawling; scribble scribbles scribbled scribbling; holler hollers hollered hollering;
hiss hisses hissed hissing; mumble mumbles mumbled mumbling; drawl drawls drawled drawling; sneer sneers
sneered sneering; snarl snarls snarled snarling; roar roars roared roaring; gasp gasps gasped gasping;
grin grins grinned grinning; giggle giggles giggled giggling; snort snorts snorted snorting; croak
croaks croaked croaking; coo coos cooed cooing; quaver quavers quavered quavering; wail wails wailed
wailing; blurt blurts blurted blurting; boom booms boomed booming; crow crows crowed crowing; chime
chimes chimed chiming; recite recites recited reciting; moan moans moaned moaning; rap raps rapped
rapping; riff riffs riffed riffing; hint hints hinted hinting
"""

# Verbs that judge, name or mention: they govern partial quotes, with less certainty.
_ACT = """
accuse accuses accused accusing; assail assails assailed assailing; attack attacks attacked attacking; blast
blasts blasted blasting; criticize criticizes criticized criticizing; criticise criticises criticised
criticising; slam slams slammed slamming; denounce denounces denounced denouncing; condemn condemns
condemned condemning; praise praises praised praising; hail hails hailed hailing; laud lauds lauded lauding;
applaud applauds applauded applauding; commend commends commended commending; salute salutes saluted
saluting; thank thanks thanked thanking; congratulate congratulates congratulated congratulating; describe
describes described describing; characterize characterizes characterized characterizing; characterise
characterises characterised characterising; portray portrays portrayed portraying; depict depicts depicted
depicting; call calls called calling; label labels labeled labelled labeling labelling; brand brands branded
branding; dub dubs dubbed dubbing; term terms termed terming; dismiss dismisses dismissed dismissing; reject
rejects rejected rejecting; deny denies denied denying; dispute disputes disputed disputing; rebut rebuts
rebutted rebutting; refute refutes refuted refuting; deride derides derided deriding; mock mocks mocked
mocking; ridicule ridicules ridiculed ridiculing; decry decries decried decrying; lambaste lambastes
lambasted lambasting; lambast lambasts lambasted lambasting; rip rips ripped ripping; bash bashes bashed
bashing; berate berates berated berating; chide chides chided chiding; scold scolds scolded scolding; rebuke
rebukes rebuked rebuking; castigate castigates castigated castigating; tout touts touted touting; trumpet
trumpets trumpeted trumpeting; champion champions championed championing; cite cites cited citing; reference
references referenced referencing; mention mentions mentioned mentioning; refer refers referred referring;
quote quotes quoted quoting; compare compares compared comparing; liken likens likened likening; express
expresses expressed expressing; voice voices voiced voicing; signal signals signaled signalled signaling
signalling; propose proposes proposed proposing; recommend recommends recommended recommending; outline
outlines outlined outlining; detail details detailed detailing; discuss discusses discussed discussing; talk
talks talked talking; speak speaks spoke spoken speaking; defend defends defended defending; apologize
apologizes apologized apologizing; apologise apologises apologised apologising; threaten threatens
threatened threatening; offer offers offered offering; welcome welcomes welcomed welcoming; greet greets
greeted greeting; endorse endorses endorsed endorsing; invoke invokes invoked invoking; summarize summarizes
summarized summarizing; summarise summarises summarised summarising; sum sums summed summing; find finds
found finding; determine determines determined determining; order orders ordered ordering; request requests
requested requesting; address addresses addressed addressing; pan pans panned panning; savage savages
savaged savaging; trash trashes trashed trashing; tag tags tagged tagging; identify identifies identified
identifying; introduce introduces introduced introducing; question questions questioned questioning;
challenge challenges challenged challenging; fault faults faulted faulting; blame blames blamed blaming;
credit credits credited crediting; peg pegs pegged pegging; deem deems deemed deeming; judge judges judged
judging; phrase phrases phrased phrasing; put puts putting; word words worded wording; stipulate stipulates
stipulated stipulating; define defines defined defining; rail rails railed railing; vilify vilifies vilified
vilifying; disparage disparages disparaged disparaging; demonize demonizes demonized demonizing; demonise
demonises demonised demonising; rave raves raved raving; swipe swipes swiped swiping
"""

# Verbs of thinking and wanting.
_THINK = """
think thinks thought thinking; believe believes believed believing; feel feels felt feeling; hope hopes
hoped hoping; fear fears feared fearing; worry worries worried worrying; consider considers considered
considering; regard regards regarded regarding; view views viewed viewing; see sees saw seen seeing; suspect
suspects suspected suspecting; doubt doubts doubted doubting; expect expects expected expecting; understand
understands understood understanding; realize realizes realized realizing; realise realises realised
realising; remember remembers remembered remembering; imagine imagines imagined imagining; dream dreams
dreamed dreamt dreaming; pray prays prayed praying; learn learns learned learning; envision envisions
envisioned envisioning; envisage envisages envisaged envisaging; want wants wanted wanting
"""

SAY_VERBS = _forms(_SAY)
ACT_VERBS = _forms(_ACT)
THINK_VERBS = _forms(_THINK)
CUE_VERBS = {**THINK_VERBS, **ACT_VERBS, **SAY_VERBS}

# Forms that are as often a noun or an adjective: they need a subject close by.
NOUN_LIKE = words(
    """
    attack attacks phrase type types post state request reason text roar boom chime coo wail snort grin
    moan sense third report reports states posts comment comments note notes claim claims remark remarks
    texts reply replies demand demands concern answer answers question questions requests address
    addresses label labels brand brands hope hopes fear fears doubt doubts view views charge charges
    promise promises plan plans offer offers hit hits fault rule rules tease advise read reads word
    worries worry cast tag bill pitch outline detail details blog show shows term terms name names call
    calls quote quotes rank rate rates wonder marvel object objects protest protests boast brag sigh
    laugh cry cries scream shout shouts chant chants suspect regard speaks talk talks voice signal
    signals cause email emails e-mail e-mails present order orders praise blame credit challenge project
    find tweet tweets dream dreams sum hint hints vow vows
    """
)

# "a film called X", "known as X": naming, not saying.
NAMING = words(
    """
    titled entitled nicknamed dubbed named known called labeled labelled termed styled subtitled codenamed
    billed
    """
)
NAMING_PHRASES = phrases(
    """
    so-called; so called; the phrase :; the term; the terms; the word; the words; the phrase; the slogan;
    the motto; the title; the nickname; the label; the hashtag; the expression; a so-called; the name;
    the acronym; the moniker; the catchphrase; is short for; stands for; the concept of; the song; the
    novel; the film; the book; the movie; the show; the series; the album; the single; the episode; the
    documentary; the program; the programme; the sign; a sign; signs; a banner; banners; the meaning of;
    a hit; the track; the musical; the play; the painting; the poem; the game; the theme; theme of; the
    themes; the tagline; the initials; the heading; the headline; a headline; stood for; by the name;
    which means; a slogan; its slogan; slogan of; a motto; the mottos
    """
)
WORK_NOUNS = words(
    """
    film movie book novel song album single show series episode documentary program programme play musical
    painting poem magazine newspaper podcast track memoir opera ballet sitcom comedy drama thriller
    blockbuster bestseller video anthem hit ballad sketch sculpture exhibition column game essay broadcast
    screenplay trilogy sequel soundtrack
    """
)
SIGN_NOUNS = words(
    """
    sign signs banner banners placard placards t-shirt t-shirts shirt shirts hat hats cap caps sticker
    stickers poster posters badge badges tattoo billboard plaque label labels reading button buttons logo
    slogan bumper mug
    """
)

# Past participles of what is done to somebody with words: in the passive the subject did not say them.
DONE_TO = words(
    """
    called labeled labelled branded dubbed termed nicknamed named titled styled billed known described
    characterized characterised portrayed depicted accused assailed attacked blasted criticized criticised
    slammed denounced condemned praised hailed lauded applauded commended saluted thanked congratulated
    dismissed rejected derided mocked ridiculed decried lambasted ripped bashed berated chided
    scolded rebuked castigated touted trumpeted referred compared likened defended threatened welcomed greeted
    endorsed panned savaged trashed tagged identified introduced questioned challenged faulted blamed
    credited pegged deemed judged vilified disparaged demonized demonised ordered told asked informed
    reminded assured advised urged warned cautioned begged implored promised teased charged queried pressed
    quizzed instructed invited encouraged forbidden booed heckled taunted insulted abused slated cursed
    jeered cheered reprimanded admonished convicted sentenced arrested jailed fined sued indicted suspended
    sacked fired expelled banned punished ejected barred awarded nominated crowned remembered honored
    honoured bombarded inundated targeted handed met found cleared
    considered regarded viewed seen believed suspected thought understood said reported alleged claimed
    rumored rumoured
    """
)
# Of these only with "to be" or "as".
THOUGHT_OF = words(
    """
    considered regarded viewed seen believed suspected thought understood said reported alleged claimed
    rumored rumoured identified
    """
)
# What is called by a name in marks.
NAMED_NOUNS = words(
    "campaign group movement project initiative scheme band app operation exhibition festival"
)
MESSAGE_NOUNS = words("letter e-mail email mail message note text postcard card telegram fax voicemail memo")
# What a crowd or opponents let be heard.
OUTCRIES = words(
    """
    shouts cries chants calls jeers screams boos whispers heckles taunts murmurs yells howls insults
    accusations allegations suggestions rumours rumors claims charges complaints criticism
    """
)
RECEIVES = words(
    """
    receive receives received receiving get gets got getting open opens opened opening find finds found
    finding discover discovered keep keeps kept
    """
)
RELAYS = words(
    """
    read reads reading share shares shared sharing forward forwards forwarded forwarding release releases
    released publish publishes published leak leaks leaked show shows showed shown quote quotes quoted
    quoting cite cites cited recite recited post posts posted print printed produced reveal revealed
    """
)
FACES = words(
    """
    face faces faced facing hear hears heard hearing endure endured ignore ignored ignoring draw drew drawn
    prompt prompted provoke provoked spark sparked deny denies denied denying reject rejects rejected
    rejecting dismiss dismisses dismissed dismissing
    """
)

AUXILIARIES = words(
    """
    has have had is are was were be been being will would can could may might must shall should do does did
    's 've 'd 'll hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't can't couldn't don't
    doesn't didn't
    """
)
BE_FORMS = words("is are was were be been being get gets got")
# Verbs common in news that take a subject but are no cue: they show that a clause has its own subject.
COMMON_VERBS = words(
    """
    took takes take went goes came comes made makes gave gives got gets left leaves won wins lost loses held
    holds met meets led leads ran runs stood stands sat sits began begins became becomes kept keeps brought
    brings showed shows visited appeared appears seemed seems remained remains faced faces used uses tried
    tries wants wanted needs needed looked looks turned turns started starts stopped stops moved moves
    joined joins attended served serves worked works lives lived plays played won beat beats drew draws
    scored signed signs voted votes backed backs supported supports opened opens closed closes arrived
    arrives returned returns walked walks struck ended ends cut cuts set sets raised raises released
    releases issued issues sent sends published publishes launched launches grew grows fell falls rose rises
    paid pays bought buys sold sells built builds stepped steps pointed points nodded smiled shrugged paused
    """
)

HONORIFICS = {
    **dict.fromkeys(
        words(
            """
        mr mr. mister sir lord king prince duke baron father brother pope imam sheikh emperor earl
        congressman spokesman chairman councilman businessman assemblyman shri sri
        """
        ),
        "m",
    ),
    **dict.fromkeys(
        words(
            """
        mrs mrs. ms ms. miss dame lady queen princess duchess sister baroness mother madame madam
        congresswoman spokeswoman chairwoman councilwoman assemblywoman smt smt. kumari
        """
        ),
        "f",
    ),
    "first": "",  # the First Minister
}
# Words before a name that are no part of it. "" = says nothing of gender.
TITLES = frozenset(HONORIFICS) | words(
    """
    brig brig. excellency highness majesty lt-col lt-gen maj-gen ssgt wo insp-gen adjutant
    dr dr. prof prof. professor rev rev. reverend hon hon. sen sen. senator gov gov. governor rep rep.
    representative president vice vice-president prime minister chancellor secretary general attorney judge
    justice chief mayor councillor councilor commissioner ambassador speaker leader captain capt capt.
    colonel col col. lieutenant lt lt. gen gen. sgt sgt. sergeant major maj maj. admiral adm adm. commander
    cmdr cmdr. corporal cpl private pvt officer det detective inspector superintendent constable sheriff
    deputy director manager coach head editor chair chairperson spokesperson strategist adviser advisor
    analyst professor pastor bishop archbishop cardinal rabbi ayatollah crown premier treasurer candidate
    nominee cr cr. cllr. del del. delegate assemblymember congressmember cllr ex-president former acting
    executive ceo cto cfo coo founder co-founder owner skipper striker midfielder defender goalkeeper
    winger quarterback
    author actor actress singer writer journalist reporter correspondent columnist host anchor economist
    scientist researcher historian lawyer solicitor barrister prosecutor magistrate coroner provost
    principal superintendent trooper firefighter paramedic nurse surgeon astronaut engineer designer
    architect rapper star billionaire businessman businesswoman lawmaker mp msp mep majority minority whip
    undersecretary under-secretary supt supt. insp insp. pc dc dci di d.c.i. st running mate interim senior
    junior
    """
)
SUFFIXES = words("jr jr. sr sr. ii iii iv phd ph.d. m.d. md esq esq. obe mbe cbe")
POSTNOMINALS = words(
    "KC QC SC MP MPs MSP MLA MLC MPP MNA MHA TD MEP OBE CBE MBE DBE KBE OM AC AO AM OAM QSO ONZM GBS JP "
    "FRS FRCP PhD MD BSc MSc MBA LLB SJ OFM DSO MS MHK MSYP CMG DCMG KCMG GCMG CH DL FRSE FBA LVO MVO CVO "
    "KCVO QPM KPM BEM SAN MFR OFR CFR GCON CBS EBS MGH OGW DPhil LLM MPhil RN PSM JCD"
)
PARTICLES = words(
    """
    de del della da di du van von der den la le el al bin ibn ben abu dos das ter ten y bint af los las ole av
    zu zum dela e ap ní uí mac nic
    """
)
DEMONYMS = nouns.DEMONYMS
MALE_ROLES = nouns.MALE | words(
    """
    man spokesman chairman businessman congressman father husband son brother king prince actor boy
    councilman waiter policeman fireman uncle grandfather nephew gentleman boyfriend grandson salesman
    assemblyman alderman cameraman midfielder footballer batsman fisherman priest
    """
)
FEMALE_ROLES = nouns.FEMALE | words(
    """
    woman spokeswoman chairwoman businesswoman congresswoman mother wife daughter sister queen princess
    actress girl councilwoman policewoman aunt grandmother niece girlfriend granddaughter assemblywoman
    widow schoolgirl mum mom waitress saleswoman heiress
    """
)
ROLE_NOUNS = (
    (nouns.PEOPLE - nouns.SOMETIMES_PEOPLE)
    | MALE_ROLES
    | FEMALE_ROLES
    | words(
        """
    spokesperson president senator governor minister secretary chancellor premier mayor congressperson
    representative lawmaker politician candidate nominee leader official diplomat ambassador envoy
    prosecutor lawyer attorney solicitor barrister judge justice magistrate coroner officer sheriff
    detective inspector superintendent commander general colonel captain sergeant soldier admiral chief
    director manager coach trainer head editor chair chairperson founder co-founder owner executive ceo boss
    chief-executive entrepreneur economist analyst strategist pollster adviser advisor aide consultant
    expert professor lecturer scientist researcher biologist physicist chemist astronomer geologist
    ecologist psychologist sociologist historian author novelist writer poet singer songwriter musician
    rapper artist director producer comedian host anchor presenter broadcaster journalist reporter
    correspondent columnist blogger commentator critic activist campaigner organiser organizer protester
    demonstrator volunteer supporter voter resident neighbor neighbour witness bystander survivor victim
    suspect defendant plaintiff student pupil teacher headteacher principal doctor physician surgeon nurse
    paramedic midwife patient farmer engineer designer architect developer programmer pilot driver passenger
    player striker defender goalkeeper winger captain skipper champion athlete runner swimmer cyclist
    quarterback pitcher teammate referee umpire fan pastor bishop archbishop cardinal rabbi imam pope priest
    vicar investor trader banker broker billionaire mogul tycoon accountant auditor regulator inspector
    investigator agent firefighter worker employee employer clerk vendor shopkeeper chef cook waiter
    customer client tenant landlord operator counsel source insider moderator narrator questioner
    interviewer speaker delegate councillor councilor commissioner chairman partner spouse parent friend
    colleague cousin relative child baby teenager veteran superintendent curator conservationist
    epidemiologist virologist oncologist meteorologist climatologist astronaut treasurer democrat republican
    mp peer conservative liberal newcomer rival opponent incumbent technician developer publisher librarian
    ranger guard gunman hacker whistleblower banker lobbyist scholar fellow cofounder star actor mogul
    businessman
    """
    )
)
# People by whom they speak, work or care for.
REPRESENTATIVES = words(
    """
    spokesman spokeswoman spokesperson press-secretary aide adviser advisor lawyer attorney solicitor
    barrister counsel advocate agent manager publicist representative rep deputy assistant
    doctor physician surgeon therapist psychiatrist nurse carer nanny guardian chauffeur driver bodyguard
    biographer ghostwriter speechwriter stylist trainer coach interpreter translator chief-of-staff
    supporter donor ally
    """
)
HELPERS = words("aide adviser advisor assistant deputy")  # to somebody
KIN = words(
    """
    mother father brother sister son daughter wife husband widow widower mum mam mom dad uncle aunt aunty
    auntie nephew niece cousin grandfather grandmother grandad granddad grandma grandpa nan gran grandson
    granddaughter grandchild grandparent parent child spouse sibling twin half-brother half-sister
    stepfather stepmother stepson stepdaughter stepbrother stepsister father-in-law mother-in-law
    brother-in-law sister-in-law son-in-law daughter-in-law fiance fiancé fiancee fiancée boyfriend
    girlfriend partner ex-wife ex-husband ex-girlfriend ex-boyfriend godfather godmother godson
    goddaughter relative friend neighbour neighbor roommate flatmate housemate classmate
    """
)
# Groups that need no article: "police said", "critics say".
BARE_GROUPS = words(
    """
    police officials prosecutors lawyers attorneys investigators authorities officers protesters viewers
    patients jurors shoppers locals customers users survivors families staff listeners readers commuters
    pupils bosses insiders traders managers historians mourners onlookers bystanders observers victims
    nurses soldiers spectators bidders shareholders backbenchers growers villagers islanders
    demonstrators residents experts scientists researchers doctors economists analysts critics supporters
    voters lawmakers democrats republicans senators ministers aides advisers leaders activists campaigners
    organisers organizers witnesses teachers students parents fans players farmers workers unions teammates
    colleagues regulators judges executives detectives firefighters neighbours neighbors conservatives
    liberals opponents allies sources authors astronomers engineers people crowd audience family relatives
    friends passengers veterans marchers chanters diplomats rebels militants troops directors editors
    reporters journalists owners members councillors paramedics inspectors auditors investors
    """
)
ORG_NOUNS = words(
    """
    company firm government ministry department agency council court committee commission campaign
    administration university college school hospital club team union party group bank board bureau office
    institute organization organisation association charity church army navy regulator authority watchdog
    federation league network newspaper magazine paper website site channel broadcaster outlet studio
    parliament senate congress house cabinet embassy court jury tribunal start-up startup airline
    manufacturer retailer supermarket carmaker trust foundation panel corporation ministry consulate
    publication airport giant think-tank coalition alliance movement force service body panel inquiry
    publisher team developer laboratory museum gallery brewery fund chancellery opposition subcommittee
    nonprofit non-profit ngo outlet audience legislature faculty leadership electorate establishment nation
    insurer lender utility constabulary directorate subsidiary
    """
)
PLURAL_GROUPS = BARE_GROUPS | frozenset(
    plural(noun) for noun in (ROLE_NOUNS | ORG_NOUNS) - words("force body house site paper page office")
)
DOCUMENT_NOUNS = words(
    """
    circular protocol briefing assessment evaluation submission bulletin audit
    report statement letter email e-mail memo document article editorial study paper complaint lawsuit
    indictment ruling filing affidavit transcript post tweet message note review survey poll bill
    constitution platform resolution advert ad advertisement leaflet brochure website manifesto
    communique communiqué declaration petition notice order warrant summons verdict judgment judgement
    release caption headline dossier book diary obituary treaty column suit cable clip footnote preprint
    memorandum documents records filings data figures footage polls reports letters emails law headlines
    story essay blogpost op-ed analysis newsletter agreement charter contract policy guideline
    guidelines rules standards inscription text brief
    """
)
# Nouns of saying: "his claim that", "the senator's promise of".
SPEECH_NOUNS = words(
    """
    claim claims statement statements comment comments remark remarks assertion assertions promise promises
    call calls vow pledge pledges description tweet tweets speech warning warnings suggestion contention
    words argument allegation allegations declaration complaint reference references insistence view belief
    criticism accusation accusations demand demands proposal plea message answer response reply letter
    admission denial phrase mantra account telling reckoning estimation opinion motto boast joke quip
    apology refusal threat request question questions slogan refrain testimony
    """
)
# Many as one, that no other list has.
COLLECTIVES = words("entourage inner-circle delegation retinue squad household camp clan clergy faithful")
# Capitalised words that make a name an organisation's.
ORG_WORDS = (
    words("forum guild inspectorate confederation observatory syndicate collective")
    | ORG_NOUNS
    | words(
        """
    inc inc. corp corp. ltd ltd. llc plc co co. news times post journal tribune herald gazette telegraph
    guardian observer mirror daily sun chronicle republic register examiner globe ministry nations nato opec
    unesco interpol society press reuters twitter facebook google center centre union commons lords pentagon
    fed reserve treasury academy fbi cia nhs bbc cnn nbc cbs abc msnbc npr pbs espn itv fifa uefa nasa ioc
    un eu imf who nfl nba mlb police partners holdings systems technologies industries airlines motors bank
    records pictures studios media magazine beast rovers wanderers athletic albion hotspur fc afc city
    united airways democrats republicans commission coalition fund project initiative conference congress
    hill politico breitbart bloomberg energy cable petroleum minerals resources pharmaceuticals electronics
    entertainment ventures securities telecom communications networks software solutions logistics railways
    railway properties realty hotels resorts beverages chemicals aerospace aviation holding enterprises
    laboratories insurance breweries foods brands festival ferries
    """
    )
)
# Capitals and houses that speak for a government.
PLACE_GOVERNMENTS = phrases(
    """
    washington; beijing; moscow; london; paris; berlin; brussels; tokyo; delhi; new delhi; kyiv; kiev;
    tehran; ankara; jerusalem; riyadh; cairo; pyongyang; seoul; taipei; canberra; ottawa; rome; madrid;
    warsaw; budapest; athens; islamabad; kabul; baghdad; damascus; hanoi; manila; jakarta; dublin;
    edinburgh; stockholm; oslo; helsinki; vienna; kremlin; the kremlin; white house; the white house;
    downing street; capitol hill; whitehall; holyrood; pentagon; the pentagon; elysee; foggy bottom; the
    vatican; vatican; number 10; no 10
    """
)
COUNTRIES = phrases(
    """
    china; russia; ukraine; france; germany; britain; england; scotland; wales; ireland; northern ireland;
    america; united states; u.s.; us; u.s; usa; united kingdom; uk; u.k.; japan; india; pakistan; iran;
    iraq; israel; syria; turkey; egypt; saudi arabia; qatar; yemen; lebanon; jordan; libya; tunisia;
    algeria; morocco; nigeria; kenya; ethiopia; sudan; south africa; zimbabwe; ghana; canada; mexico;
    brazil; argentina; chile; peru; colombia; venezuela; cuba; haiti; spain; portugal; italy; greece;
    poland; hungary; romania; bulgaria; serbia; croatia; austria; switzerland; netherlands; holland;
    belgium; denmark; norway; sweden; finland; iceland; estonia; latvia; lithuania; belarus; georgia;
    armenia; azerbaijan; kazakhstan; afghanistan; bangladesh; sri lanka; nepal; myanmar; thailand; vietnam;
    cambodia; malaysia; singapore; indonesia; philippines; taiwan; hong kong; south korea; north korea;
    australia; new zealand; europe; asia; africa; european union; eu
    """
)
PLACES = COUNTRIES | phrases(
    """
    alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; florida; hawaii; idaho;
    illinois; indiana; iowa; kansas; kentucky; louisiana; maine; maryland; massachusetts; michigan;
    minnesota; mississippi; missouri; montana; nebraska; nevada; new hampshire; new jersey; new mexico; new
    york; north carolina; north dakota; ohio; oklahoma; oregon; pennsylvania; rhode island; south carolina;
    south dakota; tennessee; texas; utah; vermont; virginia; west virginia; wisconsin; wyoming; d.c.;
    boston; chicago; los angeles; san francisco; houston; dallas; miami; atlanta; seattle; philadelphia;
    detroit; denver; las vegas; new york city; manhattan; brooklyn; manchester; liverpool; leeds;
    birmingham; glasgow; cardiff; belfast; bristol; sheffield; newcastle; hollywood; wall street; silicon
    valley; midwest; west; east; north; south; middle east; toronto; sydney; melbourne; mumbai; shanghai;
    dubai; geneva; monday; tuesday; wednesday; thursday; friday; saturday; sunday; january; february; march;
    april; may; june; july; august; september; october; november; december; christmas; easter; thanksgiving;
    earth; mars; internet; god; ramadan; brexit; covid
    """
)
NATIONALITIES = words(
    """
    american british english scottish welsh irish french german russian chinese ukrainian japanese indian
    pakistani iranian iraqi israeli palestinian syrian turkish egyptian saudi canadian mexican brazilian
    spanish italian greek polish hungarian dutch belgian danish norwegian swedish finnish swiss austrian
    australian korean african european asian democratic republican conservative labour liberal tory muslim
    christian jewish catholic islamic hispanic latino black white arab western eastern northern southern
    democrat democrats republicans republican-led americans gop texan californian
    """
)

MALE_PRONOUNS = words("he him his himself")
FEMALE_PRONOUNS = words("she her hers herself")
CONTRACTIONS = frozenset(
    word + end
    for word in words("i he she it we you they who what that this there here how where when")
    for end in ("'ll", "'ve", "'d", "'re", "'m", "'s")
) | words(
    """
    don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't can't couldn't won't wouldn't
    shouldn't mustn't needn't ain't let's
    """
)
SUBJECT_PRONOUNS = words("he she they it we i who which")
PREPOSITIONS = words(
    """
    of in on at to for from with by about against over under into onto after before during between among
    through without within toward towards near behind beside despite like unlike upon off around across
    above below since until via regarding concerning amid alongside including than as following including
    per versus vs outside inside
    """
)
DETERMINERS = words(
    """
    the a an this that these those one another some several many two three four both no any each every
    """
)
POSSESSIVES = words("his her their its my our your 's")
CONJUNCTIONS = words(
    """
    and or but nor yet while although though because when where if that so whether as since before after
    """
)
# Words that open a sentence with a capital and are no name.
COMMON_OPENERS = words(
    """
    the a an this that these those it he she they we i you his her their its our my your and but or nor yet
    so for in on at to from with by about as if when while after before since because although though
    despite during under over between among against through without within however meanwhile moreover
    furthermore instead then there here now today yesterday tomorrow later earlier also still even only just
    not no yes well what who whom whose which where why how all some many most more much few several both
    each every any another other such one two three four five six seven eight nine ten first second third
    last next once twice according asked speaking writing talking having being once asked again perhaps
    maybe indeed certainly clearly apparently reportedly recently finally eventually ultimately initially
    originally previously similarly likewise otherwise thus hence therefore nevertheless nonetheless
    regardless additionally let let's don't doesn't it's that's there's he's she's they're we're i'm i've
    you're what's who's isn't can't is are was were be been do does did has have had can could will would
    should may might must shall said says people police officials experts critics supporters voters
    scientists researchers prosecutors residents protesters witnesses investigators authorities lawyers
    doctors teachers students parents fans farmers workers democrats republicans nobody everyone everybody
    someone anyone nothing something everything anything never always often sometimes usually rather too
    very quite nearly almost around like unlike until till unless whether than both either neither per plus
    asked told added see read watch click follow join share photo image video related advertisement editor's
    note update breaking correction continue story comments image caption getty ap q asked thank thanks
    please oh ok okay no sorry hello dear look listen think good great bad new old big small few little long
    short high low early late
    """
)
# Verbs whose object somebody else is spoken to.
ADDRESSES = words(
    """
    asked asks told tells reminded reminds warned warns urged urges advised advises informed assured thanked
    thanks questioned interviewed begged ordered interrupted
    """
)
# What a paper prints before a colon over an article.
RUBRICS = words(
    """
    interview exclusive opinion editorial analysis comment commentary column feature features profile review
    reviews podcast explainer explained factbox timeline obituary watch listen read also more live video
    videos photo photos picture pictures gallery audio update updated breaking news report special insight
    briefing quiz poll letter letters essay blog debate perspective viewpoint investigation recap preview
    reaction transcript statement factcheck fact-check spotlight q&a see look
    """
)
ABBREVIATIONS = words(
    """
    Mr Mrs Ms Dr Prof Rev Hon Sen Gov Rep Del St Lt Col Gen Maj Sgt Capt Cmdr Adm Cpl Pvt Supt Insp Det Jr
    Sr Inc Corp Ltd Co vs No Mt Ft Jan Feb Aug Sept Oct Nov Dec Ariz Calif Colo Conn Fla Ill Ind Kan Mass
    Mich Minn Miss Mo Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ph.D etc
    """
)

MALE_NAMES = given_names("male")
FEMALE_NAMES = given_names("female")
# First names of men and women alike.
UNISEX_NAMES = given_names("either")
FIRST_NAMES = MALE_NAMES | FEMALE_NAMES | UNISEX_NAMES
SURNAME_FIRST_SURNAMES = words(
    """
    xi wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo kim park lee choi jung
    kang cho yoon moon nguyen tran pham mao deng hua wen jiang peng qin han ban
    """
)
