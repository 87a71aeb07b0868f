"""How two wordings of one agency are seen to be the same. Pure: text in, text out.

A plan writes "UBND các phường, xã trên địa bàn thành phố Vũng Tàu" where the directory holds the group "Ủy ban
nhân dân các phường, xã" of that city. Names are brought to one comparable key (no marks, y as i, abbreviations
written out, punctuation and "và" dropped), and the parts that only repeat whose agency it is ("tỉnh", "thành phố Vũng
Tàu") are taken off against a place.
"""

from __future__ import annotations

import dataclasses
import re

from vanban.text import fold

# Abbreviations used by every agency (domain facts §10). A place's own ("TPVT", "BRVT") are aliases in the directory.
_ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "vn": "viet nam",
    "tp": "thanh pho",
    "tx": "thi xa",
    "vp": "van phong",
    "ttr": "thuong truc",
    "ptth": "phat thanh truyen hinh",
    "bch": "ban chi huy",
    "tw": "trung uong",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "gddt": "giao duc dao tao",
    "khcn": "khoa hoc cong nghe",
    "tttt": "thong tin truyen thong",
    "vhttdl": "van hoa the thao du lich",
    "tnmt": "tai nguyen moi truong",
    "nnptnt": "nong nghiep phat trien nong thon",
}
# "Sở TT&TT", "Đài PT&TH": the same abbreviations printed with a sign inside.
_JOINED = re.compile(r"\b(tt|gd|kh|pt|gt|vh|nn|tn)\s*(?:&|-|va)\s*(tt|dt|cn|th|vt|ptnt|mt)\b")
_ASIDE = re.compile(r"\([^()]*\)")  # "(b/c)", "(nay là …)": said of the agency, not part of its name
_SIGNS = re.compile(r"[^0-9a-z]+")
_LEADING = ("de nghi ", "giao ", "kinh gui ")
_DROPPED = {"va", "cac"}

LEVEL_WORDS = ("thanh pho", "thi xa", "thi tran", "dac khu", "tinh", "huien", "quan", "phuong", "xa")


def key(name: str) -> str:
    """``name`` as it is compared: "UBND các huyện, thị xã" and "Ủy ban nhân dân huyện, thị xã" have one key.

    Doubled words ("Các các phòng", "Nội Nội vụ") count once; "các", "và" and all punctuation are dropped.
    """
    text = _JOINED.sub(r"\1\2", _ASIDE.sub(" ", fold(name)))
    for start in _LEADING:
        text = text.removeprefix(start)
    words: list[str] = []
    for sign in _SIGNS.split(text):
        for word in _ABBREVIATIONS.get(sign, sign).split():
            plain = word.replace("y", "i")
            if word not in _DROPPED and (not words or words[-1] != plain):
                words.append(plain)
    text = " ".join(words)
    return re.sub(r"\bco lien quan\b", "lien quan", text)


def group_key(name: str) -> str:
    """``name`` of a group as it is compared: the order of its words does not count ("xã, phường" is "phường, xã")."""
    return " ".join(sorted(key(name).split()))


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """The territory that a committee governs: its level word and its own name, as keys ("tinh", "ba ria vung tau")."""

    word: str
    proper: str

    @classmethod
    def of(cls, committee_name: str) -> Place:
        """The place in "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu"; empty where the name is no committee's."""
        rest = key(committee_name)
        for head in ("ui ban nhan dan ", "hoi dong nhan dan "):
            if rest.startswith(head):
                rest = rest.removeprefix(head)
                for word in LEVEL_WORDS:
                    if rest == word or rest.startswith(word + " "):
                        return cls(word, rest.removeprefix(word).strip())
        return cls("", "")

    def without(self, text: str) -> list[str]:
        """The keys that mean the same as ``text`` inside this place, the fullest first: "cong an tinh ba ria vung tau",
        "cong an tinh", "cong an"."""
        forms = [text]
        head, _, tail = text.partition(" tren dia ban")
        if tail and tail.strip() in {self.word, f"{self.word} {self.proper}".strip(), self.proper, f"toan {self.word}"}:
            forms.append(head)
        for form in tuple(forms):
            for end in (f"{self.word} {self.proper}", self.proper, self.word):
                if end.strip() and form.endswith(" " + end):
                    bare = form.removesuffix(end).strip()
                    for joint in (" cua", " thuoc"):
                        bare = bare.removesuffix(joint)
                    forms += [f"{bare} {self.word}", bare] if end != self.word else [bare]
                    break
        return list(dict.fromkeys(form for form in forms if form))


# What the first words of a name say about the body, the longest first; values are ``OrganisationKind``.
_KINDS = (
    ("ui ban nhan dan", "committee"),
    ("hoi dong nhan dan", "council"),
    ("van phong", "office"),
    ("cong an", "police"),
    ("bo chi hui", "military"),
    ("ban chi hui quan su", "military"),
    ("tinh ui", "party"),
    ("thanh ui", "party"),
    ("huien ui", "party"),
    ("dang ui", "party"),
    ("ban tuien giao", "party"),
    ("ban dan van", "party"),
    ("ban to chuc", "party"),
    ("ui ban mat tran", "front"),
    ("lien doan lao dong", "front"),
    ("hoi ", "front"),
    ("bao ", "press"),
    ("dai phat thanh", "press"),
    ("trung tam", "service"),
    ("benh vien", "service"),
    ("truong", "service"),
    ("bo ", "ministry"),
    ("so ", "department"),
    ("phong ", "department"),
    ("ban ", "department"),
    ("thanh tra", "department"),
)


def kind_of(name: str) -> str:
    """The kind of body (a value of ``OrganisationKind``) that a name speaks of: "Sở Tư pháp" is a department."""
    text = key(name) + " "
    fitting = [(head, kind) for head, kind in _KINDS if text.startswith(head)]
    return max(fitting, key=lambda pair: len(pair[0]), default=("", "other"))[1]
