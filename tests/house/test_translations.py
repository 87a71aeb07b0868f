"""The English of the site, and the Vietnamese of what Django and allauth say: read off the pages, not off the files."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from tests import factories

from nhipcau.core.accounts import AccountAdapter, MFAAdapter
from nhipcau.organisations.models import Role

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w+\}")
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúĩũý]", re.IGNORECASE)
SPOKEN = ("aria-label", "title", "placeholder", "alt")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.fixture(autouse=True)
def _compiled(settings, tmp_path: Path):
    """The catalogues as they are now: what was compiled earlier may be older, or not there at all."""
    for language in ("en", "vi"):
        folder = tmp_path / "locale" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalogue(language).save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]


class Heard(HTMLParser):
    """What a reader of a page sees or hears, except what the page marks as Vietnamese; and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_silent = (
            tag in {"script", "style"} or given.get("lang") == "vi" or any(silent for _tag, silent in self._open)
        )
        if tag not in {"input", "img", "br", "link", "meta", "hr", "path", "rect"}:
            self._open.append((tag, is_silent))
        if not is_silent:
            self.words += [given[name] or "" for name in SPOKEN if given.get(name)]
        if tag == "a" and "download" not in given and (given.get("href") or "").startswith("/"):
            self.links.append((given["href"] or "").split("#")[0])

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        said = " ".join(data.split())
        if said and not any(silent for _tag, silent in self._open):
            self.words.append(said)


def ours() -> list[re.Pattern[str]]:
    """Every Vietnamese message of the site as a pattern for a whole piece of text. Messages of a word or two, or of a
    word and a number, may as well be the name of a document or of an agency: only longer ones count."""
    texts = {re.sub(r"<[^>]+>", "", text) for entry in catalogue("en") for text in (entry.msgid, entry.msgid_plural)}
    sentences = [text for text in texts if len(PLACEHOLDER.sub("", text)) > 12 and VIETNAMESE.search(text)]
    return [re.compile(".+?".join(map(re.escape, PLACEHOLDER.sub("\0", text).split("\0")))) for text in sentences]


@pytest.fixture
def site():
    """A province at work: a public plan with late, coming and undated tasks, groups, people, a reading in review."""
    province = factories.make_province()
    office = factories.make_organisation("Sở Tài chính", parent=province)
    factories.make_agency_group(province)
    open_group = factories.make_agency_group(province, "Các cơ quan liên quan", kinds=[], is_open=True)
    plan = factories.make_plan(province, is_public=True, published_at=None)
    today = dt.date.today()
    for days, lead in ((-40, [office]), (1, ["Sở Vũ trụ"]), (9, [open_group]), (400, [])):
        factories.make_task(
            plan, lead=lead, due=today + dt.timedelta(days=days), next_due=today + dt.timedelta(days=days)
        )
    factories.make_task(plan, doubtful=True)
    user = factories.make_member(province, Role.HEAD, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR)
    factories.make_reading(factories.make_actor(province))
    return user, province, plan


def walk(client, start: str) -> dict[str, Heard]:
    """One page of every kind that links lead to from ``start``."""
    heard: dict[str, Heard] = {}
    kinds: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        kind = resolve(address.split("?")[0]).view_name + "?" * ("?" in address)
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address, follow=True)
        assert answer.headers["Content-Type"].startswith("text/html"), address
        assert answer.status_code == 200, address
        heard[address] = Heard(answer.content.decode())
        waiting += [
            link for link in heard[address].links if not re.match(r"/static/|/api/v1/|.+/tep/$|.+\.\w+(\?|$)", link)
        ]
    return heard


def left_in_vietnamese(heard: Heard, messages: list[re.Pattern[str]]) -> list[str]:
    return [said for said in heard.words if any(message.fullmatch(said) for message in messages)]


@pytest.mark.django_db
def test_an_officer_who_chose_english_meets_no_vietnamese_sentence_of_ours(client_of, site):
    user, _province, _plan = site
    user.language = "en"
    user.save()
    pages = walk(client_of(user), reverse("home"))
    messages = ours()
    wrong = {address: left for address, heard in pages.items() if (left := left_in_vietnamese(heard, messages))}
    assert wrong == {}
    assert len(pages) > 20


@pytest.mark.django_db
def test_a_stranger_who_chose_english_meets_none_either(client, site):
    client.cookies["django_language"] = "en"
    pages = walk(client, "/")
    messages = ours()
    wrong = {address: left for address, heard in pages.items() if (left := left_in_vietnamese(heard, messages))}
    assert wrong == {}
    assert len(pages) > 5


@pytest.mark.django_db
def test_the_same_walk_in_vietnamese_would_be_noticed(client, site):
    """What the two tests above look for is there to be found."""
    messages = ours()
    assert all(left_in_vietnamese(heard, messages) for heard in walk(client, "/").values())


BAD = {
    "import_plan": {"text": ""},
    "add_organisation": {"name": "", "level": "no such level", "valid_from": "31/02/2026"},
    "people": {"email": "not an address"},
    "api_tokens": {"name": "", "expires_on": "yesterday"},
    "preferences": {"name": "", "language": "tlh", "theme": "no such theme"},
    "account_change_password": {"oldpassword": "x", "password1": "1", "password2": "2"},
    "import_organisations": {},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BAD))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refused_form_answers_in_the_language_of_the_page(client_of, site, name, language):
    user, province, _plan = site
    user.language = language
    user.save()
    address = reverse(name, args=[province.public_id] if name == "people" else [])
    answer = client_of(user).post(address, BAD[name])
    with translation.override(language):  # the sentences are looked up when they are written
        said = [str(text) for texts in answer.context["form"].errors.values() for text in texts]
    assert said
    assert [text for text in said if bool(VIETNAMESE.search(text)) != (language == "vi")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_change_password"])
def test_every_field_of_an_account_page_has_a_vietnamese_label(client_of, name):
    user = factories.make_member(factories.make_organisation())
    client = client_of(user)
    if name != "account_change_password":
        client.logout()
    form = client.get(reverse(name)).context["form"]
    labels = [str(field.label) for field in form.visible_fields() if field.name != "remember"]
    assert labels
    assert [label for label in labels if not VIETNAMESE.search(label)] == []


def test_every_english_message_is_whole():
    faults = []
    for entry in catalogue("en"):
        names = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        texts = [entry.msgstr_plural[0], entry.msgstr_plural[1]] if entry.msgid_plural else [entry.msgstr]
        if any(set(PLACEHOLDER.findall(text)) - names for text in texts):
            faults.append(f"unknown placeholder: {entry.msgid}")
        if names - set(PLACEHOLDER.findall(texts[-1])):
            faults.append(f"lost placeholder: {entry.msgid}")
        if re.findall(r"</?b>", entry.msgid) != re.findall(r"</?b>", texts[-1]):
            faults.append(f"markup differs: {entry.msgid}")
    assert faults == []


@pytest.mark.parametrize(
    ("count", "said"), [(0, "Confirm 0 tasks"), (1, "Confirm 1 task"), (2, "Confirm 2 tasks"), (21, "Confirm 21 tasks")]
)
def test_english_counts_as_english_does(count, said):
    with translation.override("en"):
        assert ngettext("Xác nhận %(n)s nhiệm vụ", "Xác nhận %(n)s nhiệm vụ", count) % {"n": count} == said


FIELDS = [
    forms.CharField,
    forms.EmailField,
    forms.DateField,
    forms.IntegerField,
    forms.ChoiceField,
    forms.MultipleChoiceField,
    forms.ModelChoiceField,
    forms.ModelMultipleChoiceField,
    forms.FileField,
    forms.BooleanField,
]


@pytest.mark.parametrize("field", FIELDS)
def test_what_django_says_about_a_field_is_vietnamese(field):
    said = {key: text for owner in field.__mro__ for key, text in getattr(owner, "default_error_messages", {}).items()}
    said.pop("max_length", None)  # of a file name: words only with a number in them, as below
    assert said
    with translation.override("vi"):
        assert [str(text) for text in said.values() if not VIETNAMESE.search(str(text))] == []


VALIDATORS = [validators.EmailValidator, validators.MaxLengthValidator, validators.ProhibitNullCharactersValidator]


@pytest.mark.parametrize("validator", VALIDATORS)
def test_what_a_validator_says_is_vietnamese(validator):
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        (validator(3) if validator is validators.MaxLengthValidator else validator())("abc\0d")
    assert [text for text in refused.value.messages if not VIETNAMESE.search(text)] == []


SIGNING_IN = {"account_inactive", "email_password_mismatch", "enter_current_password", "incorrect_code"}
SIGNING_IN |= {"incorrect_password", "invalid_login", "invalid_password_reset", "rate_limited", "same_as_current"}
SIGNING_IN |= {"select_only_one", "too_many_login_attempts", "unknown_email", "invalid_or_expired_key"}


@pytest.mark.parametrize("adapter", [AccountAdapter, MFAAdapter])
def test_what_allauth_says_on_our_account_pages_is_vietnamese(adapter):
    kept = {"cannot_delete_authenticator", "cannot_generate_recovery_codes", *SIGNING_IN} & set(adapter.error_messages)
    assert len(kept) >= 3
    with translation.override("vi"):
        assert [key for key in kept if not VIETNAMESE.search(str(adapter.error_messages[key]))] == []


def test_every_vietnamese_override_is_still_a_message_of_django_or_allauth():
    """After an upgrade an override may be about a sentence that nobody says any more."""
    folders = [Path(django.__file__).parent / "conf" / "locale" / "en"]
    folders += [Path(django.__file__).parent / "contrib" / "auth" / "locale" / "en"]
    folders += [Path(allauth.__file__).parent / "locale" / "de"]
    said = {
        (entry.msgctxt, entry.msgid)
        for folder in folders
        for entry in polib.pofile(str(folder / "LC_MESSAGES" / "django.po"))
    }
    assert [entry.msgid for entry in catalogue("vi") if (entry.msgctxt, entry.msgid) not in said] == []


def test_vietnamese_overrides_say_what_to_do():
    with translation.override("vi"):
        assert gettext("This field is required.") == "Bạn hãy điền ô này."
        assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"
        too_long = "Ensure this filename has at most %(max)d character%s (it has %(length)d)."
        said = ngettext(too_long.replace("%s", ""), too_long.replace("%s", "s"), 9) % {"max": 9, "length": 12}
        assert said == "Tên tệp dài 12 ký tự, tối đa là 9. Bạn hãy đặt tên ngắn hơn."
        assert gettext("Xác nhận %(n)s nhiệm vụ") == "Xác nhận %(n)s nhiệm vụ"


def test_every_vietnamese_override_keeps_its_placeholders():
    wrong = [
        entry.msgid
        for entry in catalogue("vi")
        if set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr or entry.msgstr_plural[0]))
    ]
    assert wrong == []
