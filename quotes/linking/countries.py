"""Which country a role is of: "Russian", "of Russia", "in Ontario"."""

from collections.abc import Sequence
from itertools import pairwise

# A country, what else is said of it, and regions that are in no other; words of two are joined by "_".
_TABLE = """
afghanistan afghan kabul; albania albanian tirana; algeria algerian algiers; angola angolan; argentina
argentine argentinian buenos_aires; armenia armenian yerevan; australia australian queensland tasmania
canberra south_wales; austria austrian vienna; azerbaijan azerbaijani azeri baku; bangladesh bangladeshi
dhaka; belarus belarusian minsk; belgium belgian flanders flemish brussels; bolivia bolivian; bosnia bosnian
sarajevo; brazil brazilian brasilia; bulgaria bulgarian sofia; cambodia cambodian; cameroon cameroonian;
canada canadian ontario quebec alberta manitoba saskatchewan ottawa nova_scotia british_columbia; chile
chilean santiago; china chinese beijing; colombia colombian bogota; congo congolese; croatia croatian croat
zagreb; cuba cuban havana; cyprus cypriot nicosia; czech czechia czech_republic prague; denmark danish dane
copenhagen; ecuador ecuadorian quito; egypt egyptian cairo; estonia estonian tallinn; ethiopia ethiopian;
finland finnish finn helsinki; france french paris; germany german berlin bavaria bavarian saxony; ghana
ghanaian accra; greece greek athens; guatemala guatemalan; haiti haitian; honduras honduran; hungary
hungarian budapest; iceland icelandic reykjavik; india indian delhi kerala gujarat punjab maharashtra
tamil_nadu; indonesia indonesian jakarta java javanese; iran iranian tehran; iraq iraqi baghdad; ireland
irish dublin; israel israeli jerusalem; italy italian rome sicily; jamaica jamaican; japan japanese tokyo;
jordan jordanian; kazakhstan kazakh; kenya kenyan nairobi; kosovo kosovar; kuwait kuwaiti; latvia latvian
riga; lebanon lebanese beirut; libya libyan tripoli; lithuania lithuanian vilnius; luxembourg; malaysia
malaysian; malta maltese; mexico mexican; moldova moldovan; mongolia mongolian; morocco moroccan; myanmar
burma burmese; nepal nepalese nepali; netherlands dutch hague; new_zealand wellington auckland; nicaragua
nicaraguan; nigeria nigerian lagos abuja; north_korea north_korean pyongyang; norway norwegian oslo;
pakistan pakistani islamabad; palestine palestinian gaza; panama panamanian; peru peruvian lima;
philippines philippine filipino manila; poland polish warsaw; portugal portuguese lisbon; qatar qatari;
romania romanian bucharest; russia russian kremlin moscow; rwanda rwandan; saudi saudi_arabia riyadh; senegal
senegalese; serbia serbian belgrade; singapore singaporean; slovakia slovak bratislava; slovenia slovenian;
somalia somali; south_africa south_african pretoria; south_korea south_korean seoul; spain spanish madrid
catalan catalonia; sri_lanka sri_lankan colombo; sudan sudanese khartoum; sweden swedish stockholm;
switzerland swiss; syria syrian damascus; taiwan taiwanese taipei; tanzania tanzanian; thailand thai bangkok;
tunisia tunisian; turkey turkish ankara; uganda ugandan; ukraine ukrainian kyiv kiev; uk british britain
united_kingdom england english scotland scottish wales welsh london westminster; us american u.s. usa
united_states california texas florida ohio michigan illinois virginia pennsylvania oregon arizona nevada utah
colorado kansas iowa missouri minnesota wisconsin nebraska oklahoma arkansas louisiana mississippi alabama
tennessee kentucky indiana maryland delaware massachusetts connecticut vermont maine hawaii alaska idaho
montana wyoming new_york new_jersey new_mexico new_hampshire rhode_island north_carolina south_carolina
north_dakota south_dakota; uruguay uruguayan; venezuela venezuelan caracas; vietnam vietnamese hanoi; yemen
yemeni; zambia zambian; zimbabwe zimbabwean harare
"""
_COUNTRY_OF = {
    word.replace("_", " "): row.split()[0].replace("_", " ")
    for row in _TABLE.split(";")
    for word in row.split()
}
# Who is known by a country that is not their own.
_ABROAD = frozenset(
    ("ambassador", "envoy", "correspondent", "analyst", "expert", "specialist", "historian", "consul")
)


def country_of(word: str) -> str:
    """The country that a folded word or pair of words tells, "" for none."""
    return _COUNTRY_OF.get(word, "")


def countries(words: Sequence[str]) -> frozenset[str]:
    """The countries that the folded words of a role tell; none for an ambassador to one."""
    if _ABROAD & set(words):
        return frozenset()
    return frozenset(map(country_of, (*words, *map(" ".join, pairwise(words))))) - {""}
