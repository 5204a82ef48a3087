"""Reading one code, of every language and of the longest and worst kinds. Aim: never more than 10 ms."""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from time import thread_time
from typing import Final

from client.barcode.ai_table import known_ais
from client.barcode.label import RawScan
from client.barcode.read import LONGEST_SYMBOL, read

GS, GTIN = "\x1d", "09521234543213"
TIMES, CODES, BOUND_MS = 3, 2_000, 10.0
_USUAL: Final = (
    f"]d201{GTIN}17271231" + f"10AB-7{GS}21S0001",
    f"]C101{GTIN}10ABC1727123121S1",
    f"(01){GTIN}(17)271231(10)AB-7",
    f"]Q1https://id.gs1.org/01/{GTIN}/10/AB%2F7?17=271231",
    "+A123BJC5D6E71G",
    "+A99912345/$$52001510X3/SABC/16D20261121E",
    "[)>\x1e06\x1d9N110375286414\x1d1TABC\x1dD280131\x1e\x04",
    "=W000013012345600",
    "9521234543213",
    "WH/IN/00012",
)


def line() -> str:
    """The figures, for people."""
    random.seed(20261121)
    usual = [_best(code) for code in _USUAL * 20]
    worst = {name: _best(code) for name, code in _worst()}
    rubbish, swallowed = [_best(code) for code in _rubbish()], [_best(code) for code in _swallowed()]
    slowest = max(worst, key=lambda name: worst[name])
    longest = max(*worst.values(), *rubbish, *swallowed)
    verdict = "all within" if longest <= BOUND_MS else "BEYOND"
    return (
        f"reading one code: usual p50 {median(usual):.2f} ms, max {max(usual):.2f} ms; {CODES} of rubbish max "
        f"{max(rubbish):.2f} ms; lost separators max {max(swallowed):.2f} ms; worst kind ({slowest}) "
        f"{worst[slowest]:.2f} ms; {verdict} {BOUND_MS:.0f} ms"
    )


def _best(code: str) -> float:
    """Milliseconds of this thread alone, the best of a few: another process has its turns too."""
    raw = RawScan.received(code, source="bench", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC))
    return min(_timed(raw) for _ in range(TIMES))


def _timed(raw: RawScan) -> float:
    began = thread_time()
    read(raw)
    return (thread_time() - began) * 1000


def _worst() -> Iterator[tuple[str, str]]:
    """What the largest symbols could hold, chosen to be slow; and far more than any symbol holds."""
    room = LONGEST_SYMBOL
    yield "every AI at once", "]d2" + GS.join(f"{ai}1" for ai in known_ais() if ai != "8018")[:room]
    yield "thousands of elements", "]d2" + (f"10A{GS}" * room)[:room]
    yield "thousands of unknown elements", "]d2" + (f"89{GS}" * room)[:room]
    yield "thousands of brackets", ("(10)A" * room)[:room]
    yield "escaped brackets", ("(10)" + "\\(" * room)[:room]
    yield "a long link", f"https://a/01/{GTIN}?" + ("99=A&" * room)[: room - 30]
    yield "a long path", "https://a" + ("/10/A" * room)[: room - 10]
    yield "substitutes of every kind", "]d2" + ("10A|21B~17C^{GS}<GS>" * room)[:room]
    yield "patients' numbers", ("8018" * room)[:room] + "7253"
    yield "digits without separators", "]d2" + ("10" + "1721" * 5) * 300
    yield "a long lost separator", f"01{GTIN}" + ("17271231" * 10 + "21") * 6
    yield "the longest HIBC", ("+A123" + "/$$271231AB" * room)[:room]
    yield "the longest envelope", "[)>\x1e06" + ("\x1d1TA" * room)[: room - 10]
    yield "a million characters", "]d210A" * 200_000


def _swallowed() -> Iterator[str]:
    """Symbols without their separators, of pieces that can be cut in many ways."""
    pieces = ("10", "21", "17271231", "11260101", "240", "30", "37", "A", "1", "20", "91", "250", "0", "7")
    for _ in range(CODES // 4):
        head = random.choice((f"]d201{GTIN}10", f"01{GTIN}21", "]C100952012345678912345", "]d2"))
        yield (head + "".join(random.choices(pieces, k=40)))[: random.randrange(60, 120)]


def _rubbish() -> Iterator[str]:
    heads = ("]d2", "]C1", "", "(", "https://a/", "+", "=", "&", "[)>\x1e06\x1d", f"01{GTIN}", f"]d201{GTIN}10")
    pieces = (
        "01", "10", "17", "21", "30", "8018", "7253", GS, "(", ")", "/", "%", "+", "$$", "271231", "A", "0", "é", "|",
    )  # fmt: skip
    for _ in range(CODES):
        yield random.choice(heads) + "".join(random.choices(pieces, k=random.randrange(200)))


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
