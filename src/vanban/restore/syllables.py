"""All syllables that Vietnamese spelling allows: onset, rhyme and tone put together by its rules.

Source: the spelling rules of Quyết định 240/QĐ (1984) on orthography and the syllable tables of school grammars. The
tone stands as official documents print it: hóa, khỏe, thủy.
"""

from __future__ import annotations

import functools
import unicodedata

#: Level, grave, acute, hook, tilde, dot below, as combining marks.
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_STOPPED = ("", "\u0301", "\u0323")  # the tones of a syllable that ends in c, ch, p or t: written sắc or nặng

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph q r s t th tr v x".split()  # noqa: SIM905 - a table
_RHYMES = """a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âu ây âm ân âng âc âp ât
e eo em en eng ec ep et ê êu êm ên ênh êch êp êt i ia iu im in inh ich ip it iêu iêm iên iêng iêc iêp iêt
o oi om on ong oc op ot oa oai oay oan oang oanh oac oach oat oăn oăng oăt oăc oăm oe oeo oen oet oong ooc
ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt u ua ui um un ung uc up ut uân uâng uât uây uê uêch uênh uôi uôm uôn uông uôc
uôt uơ uy uya uyu uynh uych uyt uyên uyêt ư ưa ưi ưu ưng ưc ưt ưm ưn ươi ươu ươm ươn ương ươc ươp ươt""".split()  # noqa: SIM905 - a table
_AFTER_Q = """ua uai uay uan uang uanh uac uach uat uao uăn uăng uăt uăc uân uât uây uâng ue uen ueo uet uê uên uêt uênh
uêch uy uyt uynh uyên uyêt uơ uôc uit uinh""".split()  # noqa: SIM905 - a table
_WITH_Y = "y yêu yêm yên yêt yêng".split()  # noqa: SIM905 - a table
_FRONT = "ieêy"
_QUALITY = "ăâêôơư"
_VOWELS = "aăâeêioôơuưy"


@functools.cache
def syllables() -> frozenset[str]:
    """Every possible syllable, in small letters (NFC): about 17,000, of which some 7,000 are words."""
    return frozenset(
        toned for start, rhyme in _bodies() for toned in (_toned(start, rhyme, tone) for tone in _tones(rhyme))
    )


def _bodies() -> list[tuple[str, str]]:
    """Each pair of a start that carries no tone (the onset, with the u of qu and the i of gi) and a rhyme."""
    out = [("", rhyme) for rhyme in (*_RHYMES, *_WITH_Y) if not rhyme.startswith("iê")]
    for onset in _ONSETS:
        if onset == "q":
            out.extend(("qu", rhyme[1:]) for rhyme in _AFTER_Q)
            continue
        for rhyme in _RHYMES:
            front = rhyme[0] in _FRONT
            if onset in ("k", "gh", "ngh") and not front:
                continue
            if onset in ("c", "g", "ng") and front:
                continue
            if onset == "gi" and rhyme[0] == "i":
                continue
            out.append((onset, rhyme))
        if onset in ("h", "k", "l", "m", "s", "t", "v"):
            out.append((onset, "y"))
    out.extend(("g", rhyme) for rhyme in ("i", "in", "ip"))
    out.extend(("gi", rhyme) for rhyme in ("êng", "êt", "êc"))
    return out


def _tones(rhyme: str) -> tuple[str, ...]:
    return tuple(t for t in _STOPPED if t) if rhyme.endswith(("c", "ch", "p", "t")) else TONES


def _toned(start: str, rhyme: str, tone: str) -> str:
    at = _bearer(rhyme)
    return unicodedata.normalize("NFC", f"{start}{rhyme[: at + 1]}{tone}{rhyme[at + 1 :]}")


def _bearer(rhyme: str) -> int:
    """The place in ``rhyme`` of the vowel that carries the tone."""
    marked = [at for at, letter in enumerate(rhyme) if letter in _QUALITY]
    if marked:
        return marked[-1]
    vowels = [at for at, letter in enumerate(rhyme) if letter in _VOWELS]
    if len(vowels) == 1 or rhyme[-1] in _VOWELS:
        return vowels[1] if len(vowels) == 3 else vowels[0]
    return vowels[-1]


_NEW_STYLE = {
    f"{pair}": f"{old}"
    for tone in TONES[1:]
    for first, second in ("oa", "oe", "uy")
    for pair, old in (
        (
            unicodedata.normalize("NFC", f"{first}{second}{tone}"),
            unicodedata.normalize("NFC", f"{first}{tone}{second}"),
        ),
    )
}


def old_style(word: str) -> str:
    """``word`` (small letters, NFC) with its tone where official documents put it: hoà gives hóa, uỷ gives ủy."""
    if len(word) >= 2 and word[-2:] in _NEW_STYLE and not word.startswith("qu"):
        return word[:-2] + _NEW_STYLE[word[-2:]]
    return word


@functools.lru_cache(maxsize=1 << 16)
def bare(letter: str) -> str:
    """``letter`` without its marks, đ as d; case kept."""
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    return unicodedata.normalize("NFD", letter)[0] if letter else ""


@functools.lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """``word`` without any mark; case kept."""
    return "".join(bare(letter) for letter in unicodedata.normalize("NFC", word))
