"""What `wardstock parse --json` prints of a code."""

import pytest

from client.barcode.ai_table import rule_of
from client.barcode.checks import failed_check
from client.barcode.label import NOTES
from client.parse import parse_json
from client.words.label import problem_sentence

LABEL_KEYS = {
    "gtin", "content_gtin", "lot", "expiry", "best_before", "sell_by", "production", "serial", "quantity",
    "net_weight_kg", "variant", "sscc", "command",
}  # fmt: skip


def test_a_label_is_described_in_the_agreed_shape() -> None:
    answer = parse_json("]d20109521234543213172712311" + "0ABC\x1d30012")

    assert list(answer) == ["input", "kind", "valid", "elements", "label", "problems"]
    assert answer["input"] == "]d2010952123454321317271231" + "10ABC\x1d30012"
    assert (answer["kind"], answer["valid"], answer["problems"]) == ("gs1", True, [])
    assert answer["elements"] == [["01", "09521234543213"], ["17", "271231"], ["10", "ABC"], ["30", "012"]]
    assert answer["label"] == dict.fromkeys(LABEL_KEYS) | {
        "gtin": "09521234543213",
        "lot": "ABC",
        "expiry": "2027-12-31",
        "quantity": "12",
    }


def test_national_numbers_have_a_key_where_there_is_one() -> None:
    said = parse_json("(01)09521234543213(710)123(715)N9")["label"]

    assert isinstance(said, dict)
    assert (said["other_numbers"], "device_id" in said) == (["123", "N9"], False)


def test_a_link_is_a_kind_of_its_own() -> None:
    answer = parse_json("]Q1https://id.gs1.org/01/09521234543213/10/A%2FB?17=271231")

    assert (answer["kind"], answer["valid"]) == ("digital_link", True)
    assert answer["elements"] == [["01", "09521234543213"], ["10", "A/B"], ["17", "271231"]]


def test_rules_between_elements_are_said_and_do_not_touch_validity() -> None:
    answer = parse_json("(10)ABC")

    assert answer["valid"] is True
    assert answer["problems"] == [
        {
            "code": "association",
            "element": "10",
            "text": "By GS1, the lot (10) needs 01 / 02 / 03 / 8006 / 8026 beside it; "
            "it may stand on another label of the pack.",
        }
    ]


def test_a_patient_is_not_even_repeated() -> None:
    answer = parse_json("(8018)952123456789012345(7253)DOE")

    assert (answer["input"], answer["kind"], answer["elements"]) == ("", "patient", [])
    assert "DOE" not in str(answer)


def test_a_damaged_patient_label_is_not_valid() -> None:
    assert parse_json("(8018)952123456789012346(7253)DOE")["valid"] is False


FAULTS = """
    link_compressed link_place link_repeats link_without_key
    ai_unknown brackets characters check_digit code company_prefix damaged date empty not_a_gtin scan_too_long
    symbology_unknown time too_long too_short
"""


@pytest.mark.parametrize("code", [*sorted(NOTES - {"association"}), *FAULTS.split()])
def test_every_problem_has_its_sentence(code: str) -> None:
    facts = {"value": "X", "rest": "X", "length": "9999"}

    assert problem_sentence(code, "17", facts).endswith((".", ")"))


@pytest.mark.parametrize("rule", ["differs", "needs", "excludes", "serial"])
def test_every_rule_between_elements_has_its_sentence(rule: str) -> None:
    assert "(17)" in problem_sentence("association", "17", {"rule": rule, "others": "01"})


def test_every_check_the_table_names_is_written() -> None:
    rules = [
        rule
        for number in range(10_000)
        for ai in {f"{number:02}", f"{number:03}", f"{number:04}"}
        if (rule := rule_of(ai))
    ]
    checks = {(check, part.longest) for rule in rules for part in rule.parts for check in part.checks}

    assert len({rule.ai for rule in rules}) == 541  # the GS1 Barcode Syntax Dictionary of July 2026
    assert len({failed_check(check, "1" * length, 2026) for check, length in checks}) > 1
