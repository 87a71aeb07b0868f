"""Which words can be Vietnamese syllables: an onset, a rhyme and a tone that the spelling of the language allows.

Source: the spelling rules of Quyết định 240/QĐ (1984) on orthography and the syllable tables of school grammars. This is
the one list; what is allowed but hardly written (the onset p, "ngoam", "khuyn") is marked as rare.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

# The five tone marks; a syllable that ends in c, ch, p or t bears sắc or nặng alone.
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_CHECKED_TONES = {"\u0301", "\u0323"}
_BACK = "b|c|ch|d|đ|g|gi|h|kh|l|m|n|ng|nh|p|ph|r|s|t|th|tr|v|x|"  # the last: no onset
_FRONT = "b|ch|d|đ|gh|gi|h|k|kh|l|m|n|ngh|nh|p|ph|r|s|t|th|tr|v|x|"
_ROUNDED = "b|ch|d|đ|g|gi|h|kh|l|m|n|ng|nh|p|ph|r|s|t|th|tr|v|x|"
_BACK_RHYMES = """
    a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âu ây âm ân âng âc âp ât
    o oi om on ong oong oc ooc op ot ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơng ơp ơt
    u ui um un ung uc up ut ua uôi uôm uôn uông uôc uôt uôp ư ưi ưu ưm ưn ưng ưc ưt ưa ươi ươu ươm ươn ương ươc ươp ươt
"""
_FRONT_RHYMES = """
    e eo em en eng ec ep et ê êu êm ên ênh êch êp êt i iu im in inh ich ip it ia iêu iêm iên iêng iêc iêp iêt y
"""
_ROUNDED_RHYMES = """
    oa oai oao oay oam oan oang oanh oac oach oap oat oăm oăn oăng oăc oăt oe oeo oen oet
    uân uâng uât uây uê uên uênh uêch uêu uơ uy uyu uynh uyn uych uyt uyp uya uyên uyêt
"""
_AFTER_Q = """
    a ai ao ay an ang anh ac ach at ăn ăng ăt ăc ân âng ât ây e eo en et ê ên ênh êch êt inh it y yt ynh yên yêt ơ ôc
"""
_AFTER_GI = "n p êng êt êc"  # gìn, giếng, giết: the i is read twice
_ALONE = "y yêu yêm yên yêng yêt"
_RARE = ("ơng", "uôp", "oam", "oao", "oap", "uyn", "uyp", "uên", "uêu")  # rhymes, all in the tables above
_RARE_AFTER_Q, _RARE_AFTER_GI, _RARE_ALONE = "au am ap ăm ăp âc i in ich yn ych yêu ơn", "m ên", "ia iêc"
_BEFORE_Y = ("", "h", "k", "l", "m", "s", "t", "v")  # elsewhere i is written; "bý" is rare


def _choice(rhymes: str) -> str:
    return "|".join(rhymes.split())


_SYLLABLE = re.compile(
    f"(?:{_BACK})(?:{_choice(_BACK_RHYMES)})|(?:{_FRONT})(?:{_choice(_FRONT_RHYMES)})"
    f"|(?:{_ROUNDED})(?:{_choice(_ROUNDED_RHYMES)})|qu(?:{_choice(f'{_AFTER_Q} {_RARE_AFTER_Q}')})"
    f"|gi(?:{_choice(f'{_AFTER_GI} {_RARE_AFTER_GI}')})?|(?:{_choice(f'{_ALONE} {_RARE_ALONE}')})"
)
_CHECKED = re.compile(".*(?:c|ch|p|t)")


@functools.lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC, any case, letters alone) is spelled as a Vietnamese syllable; where the tone mark stands in
    a rhyme ("hoà", "hòa") does not matter."""
    tones = 0
    tone = ""
    bare: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tones, tone = tones + 1, char
        else:
            bare.append(char)
    base = unicodedata.normalize("NFC", "".join(bare))
    if tones > 1 or not _SYLLABLE.fullmatch(base):
        return False
    return not _CHECKED.fullmatch(base) or tone in _CHECKED_TONES


def bodies() -> Iterator[tuple[str, str]]:
    """Each syllable without its tone, the rare ones left out: what never carries the tone (the onset, with the u of qu
    and the i of gi) and the rest."""
    for onsets, rhymes in ((_BACK, _BACK_RHYMES), (_FRONT, _FRONT_RHYMES), (_ROUNDED, _ROUNDED_RHYMES)):
        for onset in onsets.split("|"):
            yield from ((onset, rhyme) for rhyme in rhymes.split() if not _is_rare(onset, rhyme))
    yield from (("qu", rhyme) for rhyme in _AFTER_Q.split())
    yield from (("gi", rhyme) if rhyme[:1] == "ê" else ("g", f"i{rhyme}") for rhyme in ("", *_AFTER_GI.split()))
    yield from (("", rhyme) for rhyme in _ALONE.split())


def _is_rare(onset: str, rhyme: str) -> bool:
    """Whether nobody writes this onset before this rhyme, or hardly anybody."""
    if onset == "p" or rhyme in _RARE or (rhyme == "y" and onset not in _BEFORE_Y):
        return True
    return (onset == "gi" and rhyme[0] == "i") or (onset == "" and rhyme.startswith("iê"))
