"""The scanner test: each fault a scanner can have is told, and what is known of it afterwards."""

import ast
import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from client.barcode import acceptance
from client.barcode.acceptance import TRIALS, Course, Received, Trial, Verdict, judge
from client.barcode.burst import Arrival
from client.barcode.framing import Frame
from client.barcode.keyboards import Key
from client.barcode.label import RawScan
from client.barcode.layouts import LAYOUTS, POSITIONS
from client.barcode.read import read
from client.barcode.scanner import Scanner
from client.words.scanner import FAULTS, SYMBOLS, sentences
from client.words.scanner import LAYOUTS as LAYOUT_NAMES

GS = "\x1d"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
IDS = {
    "code128": "]C0", "ean13": "]E0", "gs1_128": "]C1", "gs1_datamatrix": "]d2", "datamatrix": "]d1", "qr": "]Q1",
}  # fmt: skip


def sent(trial: Trial) -> str:
    """By a scanner that does everything right."""
    return IDS[trial.symbology] + trial.sent


def keys_of(text: str, computer: str = "us", scanner: str = "us", *, codes: bool = True) -> tuple[Key, ...]:
    """The keys a scanner of one country presses, with what they type on a computer of another. GS is Ctrl+]."""
    return tuple(_key(one, computer, scanner, codes=codes) for one in text)


def _key(character: str, computer: str, scanner: str, *, codes: bool) -> Key:
    if character == GS:
        place = POSITIONS.index(27)
        return Key(LAYOUTS[computer][0][place], 27 if codes else None, control=True)
    if character == " ":
        return Key(" ", 57 if codes else None)
    level = next(level for level, row in enumerate(LAYOUTS[scanner]) if character in row)
    place = LAYOUTS[scanner][level].index(character)
    text = LAYOUTS[computer][level][place]
    return Key(text, POSITIONS[place] if codes else None, shift=level == 1, altgr=level == 2)


def course(
    change: Callable[[str], str] = lambda text: text,
    *,
    keys: Callable[[str], tuple[Key, ...]] = keys_of,
    ended: bool = True,
    slowest: float = 0.004,
    trials: Iterable[Trial] = TRIALS,
) -> Course:
    done = Course()
    for nth, trial in enumerate(trials):
        done = done.take(Received(keys(change(sent(trial))), ended, slowest, at=10.0 * nth))
    return done


def verdict(done: Course, known: Scanner | None = None) -> Verdict:
    return judge(done, known or Scanner(), NOW)


def codes(done: Course) -> list[str]:
    return [fault.code for fault in verdict(done).faults]


def test_a_scanner_that_is_set_up_well_has_no_fault() -> None:
    done = course()

    assert done.current is None
    assert verdict(done) == Verdict(Scanner(sends_symbology=True, tested_at=NOW), ())


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in {"us", "cz", "hu"}])
def test_a_computer_set_to_another_keyboard_is_recognised_by_the_keys(layout: str) -> None:
    found = verdict(course(keys=lambda text: keys_of(text, layout)))

    assert [(fault.code, fault.facts) for fault in found.faults] == [("layout", {"layout": layout})]
    assert found.scanner.layout == layout
    assert found.scanner.separator == GS


@pytest.mark.parametrize("layout", ["fr", "de", "es", "it", "ch"])
def test_and_by_the_characters_alone_where_no_keys_are_told(layout: str) -> None:
    found = verdict(course(keys=lambda text: keys_of(text, layout, codes=False)))

    assert [(fault.code, fault.facts["layout"]) for fault in found.faults] == [("layout", layout)]


def test_a_dead_key_that_types_nothing_does_not_hide_the_layout() -> None:
    def without_dead_keys(text: str) -> tuple[Key, ...]:
        return tuple(replace(key, text="") if key.text in "´`^" else key for key in keys_of(text, "de"))

    found = verdict(course(keys=without_dead_keys))

    assert [fault.code for fault in found.faults] == ["layout"]
    assert found.scanner.layout == "de"


def test_a_scanner_set_to_another_country_than_the_computer_is_told() -> None:
    found = verdict(course(keys=lambda text: keys_of(text, "us", "fr")))

    assert (found.faults[0].code, found.faults[0].facts) == ("scanner_layout", {"layout": "fr"})
    assert found.scanner.layout == ""


def test_caps_lock_is_recognised_by_the_letters() -> None:
    assert codes(course(str.swapcase)) == ["caps_lock"]


def test_a_swallowed_separator_is_told_and_remembered() -> None:
    found = verdict(course(lambda text: text.replace(GS, "")))

    assert [fault.code for fault in found.faults] == ["separator_lost"]
    assert found.scanner.loses_separators


@pytest.mark.parametrize("by", ["|", "~", "/", "<GS>", "␝"])
def test_what_stands_in_for_the_separator_is_told_and_known_from_now_on(by: str) -> None:
    found = verdict(course(lambda text: text.replace(GS, by), keys=lambda text: tuple(map(Key, text))))

    assert [(fault.code, fault.facts) for fault in found.faults] == [("separator_replaced", {"by": by})]
    assert found.scanner.separator == by


def test_digits_in_place_of_the_separator_tear_no_number_in_two() -> None:
    found = verdict(course(lambda text: text.replace(GS, "029"), keys=lambda text: tuple(map(Key, text))))

    assert [(fault.code, fault.facts) for fault in found.faults] == [("separator_like_data", {"by": "029"})]
    label = read(
        RawScan.received("]d201095060001343521727063010A02921B", source="wedge", device="", scanned_at=NOW),
        found.scanner,
    )
    assert (label.lot, label.serial) != ("A", "B")
    assert [problem.code for problem in label.problems] == ["separator_doubt"]


def test_a_test_without_separators_forgets_nothing_of_them() -> None:
    done = course(trials=[trial for trial in TRIALS if GS not in trial.sent])
    while done.current:
        done = done.leave_out()

    found = verdict(done, Scanner(separator=""))

    assert found.scanner.loses_separators
    assert [fault.code for fault in found.faults] == ["separator_lost"]


def test_no_enter_behind_a_code_is_told() -> None:
    assert codes(course(ended=False)) == ["no_terminator"]


def test_no_aim_id_is_told() -> None:
    found = verdict(course(lambda text: text[3:]))

    assert [fault.code for fault in found.faults] == ["no_symbology"]
    assert not found.scanner.sends_symbology


def test_a_second_delivery_of_one_trigger_is_told_however_late_it_comes() -> None:
    done = Course()
    for nth, trial in enumerate(TRIALS):
        done = done.take(Received(keys_of(sent(trial)), True, 0.004, at=10.0 * nth))
        done = done.take(Received(keys_of(sent(trial)), True, 0.004, at=10.0 * nth + 0.4))

    assert codes(done) == ["doubled"]
    assert verdict(done).scanner.doubles


def test_what_the_burst_found_doubled_is_doubled() -> None:
    once = course(trials=TRIALS[:1])
    again = Received.typed(Arrival(keys_of(sent(TRIALS[0])), "enter", 0.004), 0.05, doubled=True)

    assert codes(once.take(again)) == ["doubled"]


def test_a_slow_scanner_is_told_and_waited_for() -> None:
    found = verdict(course(slowest=0.07))

    assert [(fault.code, fault.facts) for fault in found.faults] == [("too_slow", {"milliseconds": "70"})]
    assert found.scanner.gap == pytest.approx(0.105)


def test_nobody_waits_longer_than_people_at_the_keyboard_can_bear() -> None:
    assert verdict(course(slowest=0.4)).scanner.gap == 0.12


def test_what_stands_around_every_code_becomes_prefix_and_suffix() -> None:
    found = verdict(course(lambda text: f"\x02{text}#", keys=lambda text: tuple(map(Key, text))))

    assert found.faults == ()
    assert (found.scanner.prefix, found.scanner.suffix) == ("\x02", "#")


def test_a_first_fnc1_sent_as_a_separator_is_no_prefix() -> None:
    found = verdict(course(lambda text: text.replace("]d2", f"]d2{GS}").replace("]C1", f"]C1{GS}")))

    assert (found.faults, found.scanner.prefix) == ((), "")


def test_a_garbled_code_is_told_by_its_name_and_the_rest_is_judged() -> None:
    found = verdict(course(lambda text: text.replace("WS5", "W")))

    assert [(fault.code, fault.facts) for fault in found.faults] == [("garbled", {"symbols": "signs"})]


def test_a_garbled_code_scanned_again_is_well() -> None:
    done = course(lambda text: text.replace("WS5", "W"))

    done = done.take(Received(keys_of(sent(TRIALS[4])), True, 0.004, at=90.0))

    assert codes(done) == []


def test_a_scanner_that_reads_no_2d_codes_is_judged_by_the_others() -> None:
    done = course(trials=TRIALS[:3])
    while done.current:
        done = done.leave_out()

    assert codes(done) == []
    assert done.left_out == {"separator_2d", "signs", "long"}


def test_on_paper_any_order_will_do() -> None:
    assert course(trials=reversed(TRIALS)).current is None
    assert codes(course(trials=reversed(TRIALS))) == []


def test_rubbish_alone_says_nothing_of_a_scanner_and_keeps_what_was_known() -> None:
    known = Scanner(separator="|", layout="fr")
    done = Course().take(Received(keys_of("QWERTY"), True, 0.004, at=0.0))

    assert verdict(done, known).scanner == known
    assert [fault.code for fault in verdict(done).faults] == ["nothing_understood"]


def test_no_scan_at_all_says_nothing() -> None:
    assert verdict(Course()) == Verdict(Scanner(), ())


def test_a_frame_of_a_port_is_judged_like_keys() -> None:
    done = Course()
    for nth, trial in enumerate(TRIALS):
        frame = Frame(sent(trial).replace(GS, "").encode(), "scan", 0.01, ended=nth > 6)
        done = done.take(Received.framed(frame, 10.0 * nth))

    assert codes(done) == ["separator_lost", "no_terminator"]


def test_a_port_and_a_record_stay_what_they_were() -> None:
    known = Scanner(source="serial", port="/dev/ttyACM0", baud=115_200)

    found = verdict(course(), known).scanner

    assert (found.source, found.port, found.baud) == ("serial", "/dev/ttyACM0", 115_200)


def test_each_fault_that_can_be_found_has_its_words_and_none_else() -> None:
    tree = ast.parse(inspect.getsource(acceptance))
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)]
    found = {str(ast.literal_eval(one.args[0])) for one in calls if getattr(one.func, "id", "") == "Fault"}

    assert found == set(FAULTS)


def test_each_symbol_and_layout_has_a_name() -> None:
    assert set(SYMBOLS) == {trial.name for trial in TRIALS}
    assert set(LAYOUT_NAMES) == {*LAYOUTS, acceptance.OTHER}


def test_the_words_name_what_was_found() -> None:
    assert sentences("layout", {"layout": "fr"})[0].endswith("set to French.")
    assert "“<30>”" in sentences("separator_replaced", {"by": "\x1e"})[0]
    assert sentences("garbled", {"symbols": "long, signs"})[0] == (
        "Not understood: A long one, as QR code, Signs, as DataMatrix."
    )
