"""Nouns for those who speak: data only. Plural forms are worked out, not listed."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DEMONYMS = _words(
    """
    irishman irishwoman dutchman dutchwoman frenchman frenchwoman englishman englishwoman scotsman scotswoman
    welshman welshwoman ulsterman yorkshireman cornishman norseman dane swede finn pole turk spaniard scot
    briton croat serb slovak slovene czech kiwi aussie brit londoner mancunian liverpudlian glaswegian geordie
    scouser parisian texan californian floridian queenslander victorian tasmanian newfoundlander belgian
    canadian american australian austrian german italian norwegian russian ukrainian romanian bulgarian
    hungarian estonian latvian lithuanian brazilian argentine argentinian chilean colombian peruvian uruguayan
    mexican venezuelan ecuadorian cuban jamaican trinidadian barbadian nigerian ghanaian kenyan ugandan
    ethiopian egyptian moroccan algerian tunisian senegalese ivorian cameroonian malian zambian zimbabwean
    israeli palestinian iraqi iranian saudi pakistani indian bangladeshi afghan nepali korean malaysian
    indonesian singaporean filipino filipina fijian samoan tongan icelander greek swiss portuguese
    """
)
_TRADES = """
abolitionist
academic accordionist acrobat administrator adventurer advertiser advocate agronomist aircrewman
anaesthetist anatomist angler animator anthropologist antiquary apothecary appraiser apprentice arborist
archaeologist archeologist archivist arranger artisan assessor assistant associate astrologer attendant
auctioneer autobiographer backpacker baggage-handler bailiff baker balloonist ballerina barber barista
barman barmaid bartender basketmaker beautician beekeeper bellringer biochemist biographer biologist
blacksmith boatbuilder boatman boatswain bodyguard bookbinder bookkeeper bookmaker bookseller botanist
bouncer boxer brewer bricklayer builder bureaucrat busker butcher butler cabbie cabinetmaker caddie
cameraman campanologist caretaker caricaturist carpenter cartographer cartoonist cashier caterer cellist
chambermaid chancer chauffeur chemist childminder chiropractor choreographer choirmaster chronicler
cinematographer cleaner clergyman clergywoman climber clinician clown coachman coastguard cobbler
collector comic commentator composer compere conductor confectioner constructor contractor cooper
copywriter cosmologist costumier couturier crofter croupier crewman curate dairyman dancer deacon dealer
decorator demographer dentist dermatologist detectorist dietitian dietician diplomat diver docker docent
dog-walker doorman dramatist draughtsman dramaturge dressmaker drummer economist electrician embalmer
embroiderer endocrinologist entomologist enumerator essayist ethicist ethnographer evangelist examiner
fabricator facilitator falconer farmer farmhand fashion-designer ferryman fielder filmmaker film-maker
financier fishmonger fisherwoman fitter flautist florist forager forecaster foreman forester fruiterer
fundraiser furrier gamekeeper gardener geneticist geographer geochemist geophysicist glaciologist
glassblower glazier goldsmith governess grazier greengrocer grocer grower groundsman groundskeeper guide
guitarist gynaecologist hairdresser handler handyman harbourmaster harpist haulier herbalist herder
hiker horticulturist hotelier housekeeper housewife hunter hydrologist hypnotist illusionist illustrator
immunologist importer inspector installer instructor interpreter inventor ironmonger janitor jeweller
jeweler jockey joiner jailer juggler keeper keyboardist labourer laborer landlady landowner laundress
legislator lexicographer librettist lifeguard lighthouse-keeper linguist lyricist locksmith locum logger
lorry-driver machinist magician manicurist mariner mason masseur mathematician matron mechanic mentor
mercenary merchant metallurgist microbiologist milkman miller milliner miner monk nun mountaineer
mycologist naturalist naturist navigator negotiator neurologist neuroscientist neurosurgeon notary
nutritionist obstetrician oceanographer oddsmaker optician organist ornithologist orthodontist osteopath
outfitter outreach-worker palaeontologist paleontologist painter paediatrician pediatrician pathologist
peasant percussionist performer pharmacist pharmacologist philanthropist philosopher phlebotomist
photographer photojournalist physicist physiologist physiotherapist physio pianist planner plasterer
playwright plumber podcaster podiatrist poacher policymaker porter postman postmaster postmistress
potter practitioner preacher prelate primatologist printer printmaker proofreader proprietor
psychiatrist psychotherapist publican publicist puppeteer purser rafter radiographer radiologist
receptionist rector referee registrar restorer restaurateur retailer rheumatologist rigger roofer sailor
saxophonist scaffolder screenwriter scriptwriter sculptor seaman seamstress secretary-general
seismologist seller seminarian sexton shepherd shepherdess shipbuilder shipwright silversmith skipper
smallholder smuggler soloist songwriter soprano statistician steeplejack steward stewardess stockbroker
stockman stonemason storyteller stylist subpostmaster subcontractor supervisor surveyor tailor tanner
taxidermist technologist tenor toolmaker toxicologist trader translator trapper trawlerman treasurer
trombonist trumpeter truck-driver trucker tuner tutor typist undertaker upholsterer usher valuer
ventriloquist verger vet veterinarian vicar videographer vinedresser vintner violinist violist
virologist volcanologist waitperson warden warrener watchman watchmaker weaver welder whaler winemaker
woodcutter woodworker wrangler yachtsman yachtswoman youtuber zookeeper zoologist influencer streamer
gamer tiktoker vlogger
"""

_OFFICIALS = """
adjudicator adjutant administrator alderwoman appointee arbitrator arbiter assemblyperson attache
attaché auditor backbencher bailiff banneret barrister bencher borough-president bureaucrat cadet
caucus-goer centrist chieftain chairwoman chamberlain chaplain chief-of-staff citizen clerk co-author
co-chair co-chairman co-director co-leader co-owner co-pilot co-worker comptroller congressman consul
co-star conveyor convener councilmember councilor counsellor counselor courtier custodian dean deputy
dignitary dissident elder elector emissary envoy ex-aide ex-minister ex-president ex-wife ex-husband
fiscal foreign-secretary freshman frontbencher frontrunner front-runner functionary gaoler hardliner
heckler holdout hopeful independent insurgent interlocutor interrogator juror jurist lawgiver legislator
loyalist majordomo marshal mediator moderate monarch mp ms msp mep nationalist negotiator newscaster
newsreader ombudsman ombudswoman officeholder officer-in-charge organiser overseer panellist panelist
parliamentarian partisan peacekeeper petitioner planner policymaker pm polls-expert populist potentate
precinct-captain prefect prelate president-elect presiding-officer probate-judge proctor procurator
progressive provost public-defender quartermaster rapporteur receiver recorder recruiter reeve regent
registrar reformer returning-officer running-mate sachem scrutineer secessionist sheriff signatory
socialist solicitor-general spin-doctor staffer stalwart statesman stateswoman strongman subordinate
superior surrogate teller tory trustee tsar czar undersecretary underwriter unionist vice-chancellor
vice-chairman vice-chair viceroy whip whistle-blower whistleblower workhand zealot speechwriter
brigadier bombardier bosun cavalryman commandant commando commodore conscript corporal cosmonaut
deserter ensign fighter fusilier gunner guardsman guerrilla infantryman jihadist lieutenant-colonel
major marine medic midshipman militant militiaman mutineer officer paratrooper private rebel recruit
reservist rifleman sapper sentry sergeant-major serviceman servicewoman sniper submariner trooper
veteran warlord wing-commander abbess abbot acolyte almoner archdeacon ayatollah believer brahmin canon
cantor catechist cleric convert friar guru heretic imam lama lay-preacher lector metropolitan missionary
mullah muezzin nuncio parishioner parson patriarch pilgrim pontiff preacher prioress prior prophet rabbi
rector sacristan seminarian sheikh swami televangelist theologian worshipper worshiper churchwarden
"""

_SPORT = """
all-rounder anchorman back-rower backrower ballplayer batter batsman batswoman bowler boxer catcher
center-back centre-back centre-half centre-forward cornerback coxswain cricketer curler cox decathlete
defenceman defenseman discus-thrower driver equestrian exerciser fencer fielder first-baseman flanker
flank fly-half flyhalf forward freestyler full-back fullback goalie goaltender golfer gymnast half-back
halfback handballer heavyweight heptathlete high-jumper hooker hurdler infielder international
interceptor javelin-thrower jockey judoka keeper kicker lightweight linebacker lineman linesman lock
long-jumper loosehead midfield-general marathoner medallist medalist netminder no8 number-eight oarsman
oarswoman offspinner opener outfielder outside-half paddler paralympian pacer pace-bowler paceman
pole-vaulter playmaker point-guard prop puncher racer receiver reliever rider rookie rower runner-up
sailor scrum-half scrumhalf seamer second-rower selector shortstop shot-putter silks-rider skater skier
snooker-player snowboarder southpaw spinner sprinter starter stopper sub substitute surfer sweeper
tailback tackler tennis-player tighthead triathlete trialist understudy utility-back volleyballer
weightlifter wicketkeeper wicket-keeper wide-receiver wideout wing wing-back winger wrestler walker
contestant competitor contender challenger finalist semifinalist semi-finalist titleholder olympian
gamesman debutant debutante physio groundsman grand-slam-champion record-holder victor loser underdog
gaffer
"""

_PEOPLE = """
abuser academician acquaintance activist adherent admirer adolescent adult adversary aficionado ally
alumnus alumna amateur ambulance-driver ancestor announcer applicant archbishop archenemy arsonist
aspirant assailant attacker attendee auctiongoer aunt aunty auntie author babysitter bachelor
beneficiary benefactor bidder bigot billionaire boater bookworm boyfriend breadwinner bride bridegroom
brother-in-law burglar buyer caller camper candidate captive captor caregiver carer celebrity
centenarian centre-goer chap chairwoman chum claimant classmate co-accused co-conspirator co-defendant
co-founder co-host cohost collaborator comedienne commenter commuter companion complainant confidant
confidante connoisseur consumer contributor con-man conspirator convict counterpart couple creator
creditor culprit curmudgeon customer cyclist dad dad-of-two daddy daughter-in-law daredevil
deaf-interpreter debtor decision-maker deputy descendant detainee detractor devotee diarist diner
disciple divorcee donor drinker drifter dweller eccentric emigrant émigré employee enemy enthusiast
escapee evacuee evangelical executor exile expat expatriate ex-boyfriend ex-girlfriend ex-con extra
eyewitness facilitator fanatic father-in-law father-of-two fiance fiancé fiancee fiancée folk-singer
follower foreigner forerunner foster-mother founder freelancer friend fugitive gambler gangster
gatekeeper genius girlfriend godfather godmother godson goddaughter graduate granddad grandchild grandad
grandma grandpa grandparent granny guardian guest guy half-brother half-sister hawker headliner
headmaster headmistress headteacher heir helper hermit hero heroine hiker hobbyist holidaymaker
homebuyer homeowner homemaker host hostage hostess householder humanitarian husband humorist hustler
immigrant impersonator impostor industrialist infant informant inhabitant inmate insider insurer
intellectual intern internee interviewee intruder invitee ironist islander journo junior kid kidnapper
killer kinsman lad lady landlubber lass latecomer leaseholder lender lessee letter-writer listener
lodger loner lookalike lover magnate maid maiden matriarch mayor-elect member memoirist mentee midwife
migrant millennial millionaire minor misfit mistress mobster mom-of-two moneylender mother-in-law
mother-of-one mother-of-two mother-of-three motorcyclist motorist mourner mum-of-two mummy murderer
nanny narrator native nemesis newbie newlywed news-anchor niece nobleman noblewoman nomad nonagenarian
nonconformist obsessive occupant octogenarian offender old-timer onlooker optimist orphan outcast outlaw
outsider owner-occupier pal panelist parent-teacher participant partner passer-by passerby patriot
patron payee pedestrian penfriend pensioner perpetrator person pessimist petitioner philanthropist
pioneer plotter politico polymath postgraduate predecessor premiere-goer prisoner prodigy protagonist
protege protégé protégée provocateur proponent prospector provider punter purist purchaser pundit
questioner racegoer ratepayer reader realist recipient recluse refugee regular rescuer respondent
retiree returnee reveller reviewer revolutionary ringleader roommate flatmate housemate runaway rustler
saboteur sceptic skeptic schoolboy schoolgirl schoolmaster schoolteacher senior settler sharecropper
shareholder shopper sibling signer simpleton sitter sleuth slave smallholder smoker soldier somebody
sonographer son-in-law sophomore spectator spender spokesperson sponsor squatter stakeholder stalker
steelworker stepdaughter stepfather stepmother stepson stranger strategist stowaway subscriber successor
suffragette suffragist suitor superfan superstar supplier supremo survivor sympathiser sympathizer
taxpayer technophile teen tenant tester testator theatregoer theatergoer theorist thief thinker thug
toddler torchbearer tourist townsman townswoman traitor transplant traveller traveler trendsetter troll
truant tweeter twin undergraduate undergrad uncle understudy user utopian vandal vegan vegetarian viewer
villager villain visionary visitor vlogger wag walker wanderer warrior watcher weatherman whizz
wholesaler widower wife winner wit woman-of-letters wordsmith workaholic workmate wrongdoer yobbo
youngster youth speaker spokesman republican democrat independent libertarian centrist frenchman
frenchwoman englishman englishwoman irishman irishwoman scotsman scotswoman welshman welshwoman dutchman
dutchwoman texan californian floridian ohioan virginian georgian hawaiian alaskan iowan nebraskan kansan
oregonian coloradan minnesotan michigander hoosier tennessean kentuckian vermonter mainer new-yorker
londoner parisian berliner roman viennese dubliner glaswegian liverpudlian mancunian mainlander
northerner southerner westerner easterner midwesterner yorkshireman lancastrian cornishman geordie
scouser cockney american briton brit canadian australian aussie kiwi spaniard italian german pole swede
dane finn norwegian icelander swiss austrian hungarian czech slovak slovene croat serb bosnian albanian
greek turk israeli palestinian egyptian moroccan algerian tunisian nigerian ghanaian kenyan ugandan
ethiopian somali zimbabwean zambian south-african indian pakistani bangladeshi nepali sri-lankan
indonesian malaysian singaporean filipino thai korean mexican brazilian argentine argentinian chilean
peruvian colombian venezuelan cuban jamaican trinidadian barbadian haitian russian ukrainian belarusian
armenian azeri kazakh uzbek afghan iranian iraqi syrian lebanese jordanian saudi yemeni qatari
"""

_ABROAD = """
frontman frontwoman bassist vocalist laureate showrunner showman stuntwoman emcee choirboy choirgirl
impresario maestro sommelier mixologist chocolatier innkeeper millwright cabdriver stallholder peddler
fisherfolk pastoralist herdsman rancher cattleman stockbreeder constable gendarme carabiniere patrolman
profiler sub-inspector vice-admiral rear-admiral lieutenant-general major-general subedar havildar jawan
legionnaire sarpanch tehsildar pradhan mukhiya patwari zamindar corporator nawab maharaja emir kabaka
headman induna inkosi kgosi sangoma mufti maulana qadi pujari granthi jathedar paralegal pleader vakil
attorney-general deputy-governor vice-governor sub-prefect intendant alcalde mayoress vice-mayor burgomaster
taoiseach tánaiste chief-minister high-commissioner kaumātua kaumatua rangatira ariki matai left-back
right-back co-driver pugilist karateka archer sculler hurler netballer basketballer shuttler powerlifter
bodybuilder skateboarder kitman vaccinologist biostatistician geoscientist herpetologist ichthyologist
astrophysicist criminologist coder cryptographer futurist appellant parolee rapist trafficker kingpin
mastermind conman fraudster scammer robber hijacker asylum-seeker vice-president vice-principal educator
godparent doula cardiologist optometrist healer gallerist antiquarian documentarian impressionist
press-secretary netizen redditor realtor congregant churchgoer worshipper
"""

PEOPLE = _words(_TRADES + _OFFICIALS + _SPORT + _PEOPLE + _ABROAD)

# People only beside a verb of saying: elsewhere these words mean a thing, or an adjective.
SOMETIMES_PEOPLE = _words(
    """
    adult amateur associate assistant back-rower beneficiary cooper counterpart couple cox creator dealer
    deputy driver elder examiner executive extra fiscal flank flyer forward freshman guide handler hooker
    independent infant insurgent interceptor international junior keeper lama lock logger major marine mason
    mediator metropolitan minor moderate native opener partisan patient pioneer planner potter printer prior
    private progressive prop prospect provider racer receiver recorder regular reliever remote roman senior
    sponsor starter stopper sub subordinate substitute successor superior supplier sweeper tanner teen teller
    tenor trailer transplant tuner twin utopian vegan wag watcher welder whip wing wit youth pole swede dane
    finn turk swiss austrian german italian greek american british indian korean thai iranian iraqi syrian
    russian israeli palestinian egyptian canadian australian mexican african asian norwegian hungarian czech
    afghan pakistani brazilian lebanese saudi cuban ukrainian albanian bosnian armenian georgian virginian
    miner skipper builder comic tory socialist nationalist populist libertarian vegetarian exile loner
    centrist convert humanitarian minor sitter spinner flanker seller consumer baker shopper drifter
    """
)

MALE = _words(
    """
    crewman barman cameraman clergyman boatman chap dad daddy dairyman doorman draughtsman ferryman
    foreman groundsman guardsman guy headmaster handyman infantryman lad milkman militiaman monk
    nobleman oarsman ombudsman postman rifleman schoolboy schoolmaster seaman serviceman statesman
    son-in-law father-in-law brother-in-law stepfather stepson stockman strongman townsman trawlerman
    watchman weatherman widower yachtsman frenchman englishman irishman scotsman welshman dutchman
    yorkshireman cornishman grandad granddad grandpa godfather godson half-brother fiance fiancé friar
    abbot bridegroom ex-husband steward heir waiter stuntman bogeyman marksman hero lineman linesman
    paceman batsman defenceman defenseman frontman showman choirboy herdsman cattleman patrolman headman
    kitman conman
    """
)
FEMALE = _words(
    """
    ballerina barmaid chambermaid clergywoman fisherwoman seamstress stewardess landlady laundress governess
    housewife matron nun abbess prioress shepherdess postmistress headmistress schoolgirl servicewoman
    stateswoman townswoman noblewoman oarswoman batswoman yachtswoman frenchwoman englishwoman irishwoman
    scotswoman welshwoman dutchwoman lady lass maid maiden granny grandma godmother goddaughter half-sister
    fiancee fiancée bride ex-wife frontwoman stuntwoman choirgirl mayoress mistress stepmother stepdaughter
    daughter-in-law mother-in-law auntie aunty mummy heroine hostess comedienne suffragette soprano
    matriarch alderwoman ombudswoman alumna midwife
    """
)

ORGANISATIONS = _words(
    """
    academy agencies archive archives assembly audience bakery band bench benchmarker bookmaker borough
    brand breweries business cafe café cabinet camp carrier cast cathedral caucus chain chamber
    chancellery choir chorus cinema circus city clinic co-op collective college consortium congregation
    constabulary consultancy contractor convention cooperative coroner's county crew crown delegation
    developer diocese directorate distillery distributor district electorate enterprise establishment
    exchange executive faculty factory family farm festival fund funder garrison group hospice hotel
    household insurer institution junta label laboratory landlord leadership legislature lender lobby
    lodge maker mill military ministry mob monastery mosque music-label nation non-profit nonprofit ngo
    office-holder opposition orchestra outfit outlet palace parish partnership platform plaintiffs
    police-force practice presidency press prison producer programme province publisher pub quango
    refinery regiment regime rescue-team restaurant roundtable secretariat seminary shipyard squad
    startup staff state store subcommittee subsidiary supplier surgery syndicate synagogue synod
    task-force telecoms theatre theater thinktank tour-operator town treasury troupe trustees union
    vatican vendor village watchdog wing workforce workshop zoo
    """
)

DOCUMENTS = _words(
    """
    account accord ad advisory affidavits agenda album almanac amendment analysis announcement annex
    appendix application audit banner bible billboard blog blogpost blurb bulletin cable calendar
    caption card catalogue catalog census chapter chart checklist chronicle citation clause clip code
    column comment commentary commercial communication complaint concordat conclusion contract
    correspondence credo data decision decree deed definition denunciation deposition diagnosis dispatch
    disclaimer disclosure dissertation docket documentary documentation draft edict encyclical entry
    epitaph essay estimate evidence examination excerpt exhibit factsheet faq figures filing file film
    findings flyer flier footage footnote forecast foreword form fragment gospel graffiti graphic guide
    guidance handbook handout hashtag headline hearing heading hymn index infographic injunction inquest
    instruction inscription interview introduction invitation invoice itinerary journal judgement label
    law lawsuit ledger legend legislation lesson lines list listing log logbook logo lyric lyrics manual
    manuscript map measure mail mailer media memorandum memoir minutes monograph motion motto movie
    narrative narration newsletter novel op-ed opinion ordinance outline page pamphlet papers paragraph
    passage password placard plan play plaque playbill pleading podcast poem polemic post-mortem
    postcard poster preamble preface prescription preprint presentation profile programme prologue promo
    proposal prospectus proverb provision publication questionnaire quotation reading receipt recipe
    recording record records referendum register regulation release reply report request research
    response résumé resume review roll rulebook sampler saying schedule scrapbook screed screenshot
    script scripture section sentence sermon sign signs slide slogan song spreadsheet standard
    statistics statute sticker story strapline study subpoena suit summary syllabus tablet tabloid
    tagline tale tape telegram testament testimony textbook theory thesis thread ticket timeline title
    toast tract trailer transcript translation treatise tribute tweets video verse version voicemail
    voice wiki will wording writ website
    """
)

# Words that stand for somebody by themselves.
INDEFINITE_ONE = _words("somebody someone everyone everybody nobody anyone anybody another one")
INDEFINITE_MANY = _words(
    """
    others many most some few several both all none neither half two three four five thousands hundreds
    dozens
    """
)
