"""Which country somebody is of: the Kenyan is of Kenya."""

from functools import lru_cache

from quotes.english import lexicon

_IRREGULAR = {
    "dutchman": "netherlands", "dutchwoman": "netherlands", "frenchman": "france", "frenchwoman": "france",
    "spaniard": "spain", "dane": "denmark", "pole": "poland", "finn": "finland", "briton": "britain",
    "brit": "britain", "welshman": "wales", "kiwi": "zealand", "aussie": "australia", "swiss": "switzerland",
    "greek": "greece", "portuguese": "portugal", "irishman": "ireland", "irishwoman": "ireland",
    "englishman": "england", "englishwoman": "england", "filipino": "philippines", "filipina": "philippines",
    "norwegian": "norway", "peruvian": "peru", "ivorian": "ivoire", "afghan": "afghanistan",
}  # fmt: skip
_LEAST = 4  # letters that a regular demonym shares with its country


@lru_cache(4096)
def is_from(demonym: str, word: str) -> bool:
    """Whether somebody who is called so is of the country, or of the people, that `word` names."""
    country = _IRREGULAR.get(demonym)
    if country is not None:
        return word == country
    if word == demonym or word not in _COUNTRY_WORDS or len(word) < _LEAST:
        return word == demonym
    stem = word[:-1] if word[-1] in "aeiouy" else word
    return demonym.startswith(stem) or (len(demonym) >= _LEAST and word.startswith(demonym))


_COUNTRY_WORDS = frozenset(part for name in lexicon.COUNTRIES for part in name.split()) | lexicon.words(
    """
    uganda eritrea tanzania senegal ghana cameroon mali zambia zimbabwe rwanda burundi somalia djibouti
    botswana namibia angola mozambique malawi gambia guinea liberia togo benin gabon chad niger mauritius
    madagascar jamaica trinidad barbados bahamas guyana suriname uruguay paraguay bolivia ecuador panama
    honduras guatemala nicaragua slovenia slovakia bosnia montenegro macedonia albania kosovo moldova cyprus
    malta luxembourg uzbekistan turkmenistan tajikistan kyrgyzstan mongolia bhutan laos fiji samoa tonga
    kuwait bahrain oman palestine
    """
)
