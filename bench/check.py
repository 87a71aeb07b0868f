"""How right ``vanban check`` is: every alarm on the plans, judged by a person, and how many planted faults it finds.

    python bench/check.py [--shared ../shared] [--as-of 2026-11-22]

Alarms that nobody has judged count as false. Faults are planted one at a time into copies of the plans, at places chosen
by a fixed seed; one is found if the rule that it breaks speaks on its lines where it did not before. The peer is
``bench/plain_check.py``. Ends with 1 if an alarm is false.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import pathlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import plain_check
from vanban import plan
from vanban.check import check
from vanban.model import Line, Plan, Source

ROOT = pathlib.Path(__file__).parents[1]
#: Alarms on the public plans that a reading of the lines bears out: file, rule, first line, what stands there.
TRUE = {
    ("CanTho_153_2025", "citation-conflict", 39): "163/2024/QH15 ngày 27/11/2025, elsewhere 27/11/2024",
    ("CanTho_153_2025", "citation-superseded", 497): "Luật Ngân sách nhà nước, a new one since 01/01/2026 (a note)",
    ("CanTho_153_2025", "numbering-gap", 743): "a second IV., behind IV. of line 405",
    ("CanTho_160_2025", "repeated-word", 329): "chung các các mẫu biểu",
    ("DakLak_0129_2025", "numbering-gap", 208): "a second IV., behind IV. of line 184",
    ("DongThap_552_2025", "repeated-word", 178): "Không gian khởi nghiệp khởi nghiệp",
    ("DongThap_552_2025", "numbering-gap", 373): "a second III., behind III. of line 223",
    ("DongThap_617_2025_table", "citation-date", 26): "71/NQ-CP ngày 01/5/2025; it is of 01/4/2025",
    ("HaNoi_308_2025", "repeated-word", 92): "trên các / các nền tảng số",
    ("HaNoi_310_2025", "repeated-word", 98): "hạ tầng số trong trong",
    ("HaNoi_310_2025", "repeated-word", 249): "các các nguồn kinh phí",
    ("NgheAn_1026_2025", "citation-year", 115): "46/2002/QĐ-UBND ngày 12/09/2022",
    ("NgheAn_980_2025_table", "lead-also-coordinates", 352): "Sở Tài chính in both columns",
    ("QuangNgai_1627QD_2025_annexed", "deadline-before-issue", 317): "Trước ngày 15/11/2025, issued 21/11/2025",
    ("QuangNgai_1627QD_2025_annexed", "deadline-before-issue", 325): "Trước ngày 15/11/2025, issued 21/11/2025",
}
COPIES = 3  # planted faults of a kind a plan


def read(text: str, name: str = "plan.txt") -> Plan:
    """The plan in ``text``."""
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return plan.read(Source(name, hashlib.sha256(text.encode()).hexdigest(), "text/plain", None, lines))


# --- planted faults -------------------------------------------------------------------------------------------------

Planter = Callable[[list[str], Plan, random.Random], "tuple[list[str], int] | None"]


def _somewhere(lines: list[str], pattern: str, chance: random.Random) -> tuple[int, re.Match[str]] | None:
    """A line of the body that ``pattern`` is found in."""
    found = [(at, match) for at, line in enumerate(lines) if at > 30 for match in [re.search(pattern, line)] if match]
    return chance.choice(found) if found else None


def _changed(lines: list[str], at: int, line: str) -> tuple[list[str], int]:
    return [*lines[:at], line, *lines[at + 1 :]], at + 1


def twice(lines: list[str], _: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    found = _somewhere(lines, r"\S (của|các|và|trong) \S", chance)
    if found is None:
        return None
    at, match = found
    return _changed(lines, at, f"{lines[at][: match.end(1)]} {match[1]}{lines[at][match.end(1) :]}")


def skipped(lines: list[str], read_plan: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    sections = [section for section in read_plan.outline if re.fullmatch(r"[IVX]+\.[2-9]", section.code)]
    if not sections:
        return None
    at = chance.choice(sections).lines[0] - 1
    match = re.match(r"(\s*)(\d)(\..*)", lines[at])
    return _changed(lines, at, f"{match[1]}{int(match[2]) + 1}{match[3]}") if match else None


def no_such_day(lines: list[str], _: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    found = _somewhere(lines, r"ngày \d{1,2}/(\d{1,2})/20\d\d", chance)
    if found is None:
        return None
    at, match = found
    return _changed(lines, at, f"{lines[at][: match.start()]}ngày 31/11/2025{lines[at][match.end() :]}")


def other_year(lines: list[str], _: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    found = _somewhere(lines, r"(\d+/)(20\d\d)(/(?:NĐ|TT|QĐ)-\w+ ngày)", chance)
    if found is None:
        return None
    at, match = found
    return _changed(lines, at, f"{lines[at][: match.start(2)]}{int(match[2]) - 5}{lines[at][match.end(2) :]}")


def two_dates(lines: list[str], read_plan: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    dated = [
        c for c in read_plan.citations if c.symbol and c.date and c.issuer and c.doc_type == "QĐ" and c.date.day < 28
    ]
    if not dated:
        return None
    cited = chance.choice(dated)
    other = cited.date + dt.timedelta(days=1)  # type: ignore[operator]
    at = read_plan.duties[0].lines[0] - 1 if read_plan.duties else len(lines) // 2
    sentence = f"- Thực hiện Quyết định số {cited.symbol} ngày {other:%d/%m/%Y} của {cited.issuer}."
    return [*lines[:at], sentence, *lines[at:]], at + 1


def late(lines: list[str], read_plan: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    timed = [task for task in read_plan.tasks if task.time]
    if not timed or read_plan.header.date is None:
        return None
    task = chance.choice(timed)
    printed = task.time.text.split("\n")[0] if task.time else ""
    for at in range(task.lines[0] - 1, min(len(lines), task.lines[1] + 25)):
        if printed and re.search(rf"(?:^|:)\s*{re.escape(printed)}[ .;]*$", lines[at]):
            before = read_plan.header.date - dt.timedelta(days=20)
            return _changed(lines, at, lines[at].replace(printed, f"Trước ngày {before:%d/%m/%Y}"))
    return None


def abolished(lines: list[str], _: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    found = _somewhere(lines, r"(?:chủ trì|phối hợp|Chủ trì|Phối hợp)[^:]{0,20}:\s*(Sở [^,;.]+)[,;.]", chance)
    if found is None:
        return None
    at, match = found
    return _changed(lines, at, f"{lines[at][: match.start(1)]}Sở Thông tin và Truyền thông{lines[at][match.end(1) :]}")


def no_lead(lines: list[str], read_plan: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    found = _somewhere(lines, r"^\s*[-+]\s*(?:Cơ quan|Đơn vị)?\s*[cC]hủ trì[^:]{0,20}:", chance)
    if found is None or len([task for task in read_plan.tasks if task.lead]) < 3:
        return None
    first = last = found[0]
    while last + 1 < len(lines) and not re.match(r"\s*(?:[-+|]|[a-zđ]\)|$)", lines[last + 1]):
        last += 1
    return [*lines[:first], *lines[last + 1 :]], first


def strange_link(lines: list[str], _: Plan, chance: random.Random) -> tuple[list[str], int] | None:
    at = chance.randrange(40, len(lines) - 40)
    url = "https://thuvienphapluat.vn/van-ban/bo-may/quyet-dinh-7731-qd-ubnd-2021-quy-che-lam-viec-tinh-son-la-499000.aspx"
    return [*lines[:at], url, *lines[at:]], at + 1


def no_number(lines: list[str], read_plan: Plan, _: random.Random) -> tuple[list[str], int] | None:
    at = next((at for at, line in enumerate(lines[:40]) if re.match(r"\W*Số\s*:", line)), None)
    return None if at is None or read_plan.header.symbol is None else _changed(lines, at, "")


PLANTED: dict[str, tuple[str, Planter]] = {
    "a word twice": ("repeated-word", twice),
    "a label skipped": ("numbering-gap", skipped),
    "31/11": ("date-impossible", no_such_day),
    "another year in a number": ("citation-year", other_year),
    "a second date": ("citation-conflict", two_dates),
    "a deadline before the plan": ("deadline-before-issue", late),
    "an abolished department": ("agency-abolished", abolished),
    "the lead struck out": ("no-lead", no_lead),
    "a strange link": ("citation-link-mismatch", strange_link),
    "the number struck out": ("header-missing", no_number),
}


def planted(texts: dict[str, str]) -> Iterator[tuple[str, str, str, str, int]]:
    """(kind, rule, text before, text after, line) of each planted fault."""
    for name, text in texts.items():
        whole, lines = read(text), text.split("\n")
        for kind, (rule, planter) in PLANTED.items():
            chance = random.Random(f"{name} {kind}")
            made = [planter(lines, whole, chance) for _ in range(COPIES)]
            for result in {"\n".join(m[0]): m for m in made if m}.values():
                yield kind, rule, text, "\n".join(result[0]), result[1]


# --- counting --------------------------------------------------------------------------------------------------------


def ours(text: str, as_of: dt.date) -> Counter[tuple[str, str]]:
    """What each rule of ``vanban check`` says, how often."""
    return Counter((finding.rule, finding.message) for finding in check(read(text), as_of=as_of))


def plain(text: str, as_of: dt.date) -> Counter[tuple[str, str]]:
    """What each rule of the peer says, how often."""
    return Counter((rule, said) for _, rule, said in plain_check.check(text, as_of))


def speaks(rule: str, before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> bool:
    """Whether ``rule`` says something more than before."""
    return any(name == rule for name, _ in after - before)


def alarms(texts: dict[str, str], as_of: dt.date) -> int:
    """Prints every alarm with its judgement, then the count beside the peer's; how many are false."""
    false = true = peer_true = peer_all = 0
    seconds = 0.0
    for name, text in texts.items():
        whole = read(text)
        began = time.perf_counter()
        found = check(whole, as_of=as_of)
        seconds += time.perf_counter() - began
        for finding in found:
            first = finding.lines[0] if finding.lines else 0
            why = TRUE.get((name, finding.rule, first))
            true, false = true + (why is not None), false + (why is None)
            print(f"  {'true ' if why else 'FALSE'} {name}:{first} {finding.rule}: {why or finding.message}")
        for line, rule, _ in plain_check.check(text, as_of):
            peer_all += 1
            peer_true += any(abs(line - at) <= 1 for file, known, at in TRUE if (file, known) == (name, rule))
    print(f"  vanban check: {true + false} alarms, {false} false, {seconds / max(1, len(texts)):.3f} s a plan")
    print(f"  plain regex: {peer_all} alarms, {peer_all - peer_true} false; {len(TRUE) - peer_true} true ones missed")
    return false


def main() -> int:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date(2026, 11, 22))
    options = parser.parse_args()
    texts = {path.stem: path.read_text("utf-8") for path in sorted((options.shared / "plans/text").glob("*.txt"))}
    demo = ROOT / "data/demo/province_plan_08_kh_ubnd.txt"
    print(f"alarms on {len(texts)} plans as of {options.as_of:%d/%m/%Y}")
    false = alarms(texts, options.as_of)
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in PLANTED}
    before: dict[str, tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]] = {}
    for kind, rule, text, after, line in planted({**texts, demo.stem: demo.read_text("utf-8")}):
        if text not in before:
            before[text] = ours(text, options.as_of), plain(text, options.as_of)
        counts[kind][0] += 1
        found = speaks(rule, before[text][0], ours(after, options.as_of))
        counts[kind][1] += found
        if not found:
            print(f"  missed: {kind}, line {line}: {after.splitlines()[line - 1].strip()[:100]}")
        counts[kind][2] += speaks(rule, before[text][1], plain(after, options.as_of))
    print("| planted fault | planted | vanban check | plain regex |\n|---|---:|---:|---:|")
    for kind, (total, found, peer) in counts.items():
        print(f"| {kind} | {total} | {found} | {peer} |")
    whole = [sum(column) for column in zip(*counts.values(), strict=True)]
    print(f"| all | {whole[0]} | {whole[1]} | {whole[2]} |")
    return 1 if false else 0


if __name__ == "__main__":
    sys.exit(main())
