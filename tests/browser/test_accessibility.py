"""axe finds nothing on any page, in both languages, on a phone and on a desk; no page throws or breaks the policy."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

# Who sees most of a page comes first: axe looks at each kind of page once in each language.
PEOPLE = [None, "dieu-phoi@thanhpho.example", "quan-tri@tinh.example", "can-bo@tinh.example"]
STARTS = {
    None: ["/", "/tim/?q=ngan+sach", "/tai-khoan/dang-nhap/", "/tai-khoan/quen-mat-khau/", "/khong-co-trang-nay/"],
    "can-bo@tinh.example": ["/ban-lam-viec/", "/tim/?q=bao+chi", "/so-nhiem-vu/?q=khong+co+gi+ca", "/tuy-chon/"],
    "quan-tri@tinh.example": ["/ban-lam-viec/", "/co-quan/", "/api/khoa/", "/tuy-chon/"],
    "dieu-phoi@thanhpho.example": ["/ban-lam-viec/", "/doi-chieu/", "/ke-hoach-moi/"],
}
NO_PAGES = {"register_export", "text_file", "reading_file", "account_logout", "organisations_export"}
examined: set[tuple[str, str | None]] = set()  # language and kind: these tests run in one process


def kind_of(address: str) -> str | None:
    """The name of the kind of page behind an address; None for what is no page."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return "nowhere"
    name = found.url_name or ""
    return None if name in NO_PAGES or "export" in name or "download" in name else name


def pages(page: Page, starts: list[str], address: str, known: set[str | None]) -> Iterator[str]:
    """One page of every kind that can be reached from ``starts`` by following links, but for kinds that are known."""
    waiting, seen, shown = list(starts), set(starts), {None, *known}
    while waiting:
        here = waiting.pop(0)
        kind = kind_of(here)
        if kind in shown and here not in starts:
            continue
        try:
            answer = page.goto(here)
        except Error as error:  # a file, not a page
            assert "Download is starting" in error.message
            continue
        if not answer or "text/html" not in answer.headers.get("content-type", ""):
            continue
        shown.add(kind)
        yield here
        for link in page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)"):
            target = urljoin(address, link).split("#")[0]
            path = target.removeprefix(address)
            if target.startswith(address) and path not in seen and "/static/" not in path:
                seen.add(path)
                waiting.append(path)


SCREENS = {"vi": (1280, 390), "en": (390, 1280)}  # the first is looked at by axe, light on a desk and dark on a phone
FAULTS = "axe.run({resultTypes: ['violations']}).then(said => said.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]))"


def faults_of(page: Page) -> Iterator[str]:
    """What axe finds on a page."""
    page.evaluate(AXE_SCRIPT)
    for name, what, nodes in page.evaluate(FAULTS):
        yield f"{name}: {what}: {'; '.join(node[:120] for node in nodes[:3])}"


def show(page: Page, width: int) -> None:
    page.emulate_media(color_scheme="dark" if width == 390 else "light")
    page.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("email", PEOPLE, ids=[person or "stranger" for person in PEOPLE])
def test_every_page_is_accessible(site, visit, email, lang):
    """axe sees each kind of page in both languages, on one screen and in one theme each; every page that this person reaches
    fits every screen and throws nothing (in English where nobody before has reached its kind)."""
    page = visit(site, email, width=SCREENS[lang][0], lang=lang, dark=SCREENS[lang][0] == 390)
    found, visited = [], []
    known = {kind for language, kind in examined if language == lang == "en"}
    for path in pages(page, STARTS[email], site.address, known):
        visited.append(path)
        if (lang, kind_of(path)) not in examined:
            examined.add((lang, kind_of(path)))
            found.extend(f"{path}: {fault}" for fault in faults_of(page))
        if page.get_attribute("html", "lang") != lang:
            found.append(f"{path}: not in {lang}")
        for width in reversed(SCREENS[lang]):  # and back to the first
            show(page, width)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path}: wider than a screen of {width}")
    expected = [problem for problem in page.problems if "404" not in problem]
    assert (found, expected) == ([], [])
    assert len(visited) >= 4
