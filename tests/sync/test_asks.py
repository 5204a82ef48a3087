"""What Odoo asks or says is quoted so that a person can read it, whoever wrote it and in whatever language."""

import pytest

from client.words.refusals import refusal
from sync.odoo.posting.asks import LONGEST, asked, plain

BACKORDER = {
    "type": "ir.actions.act_window",
    "name": "Create Backorder?",
    "res_model": "stock.backorder.confirmation",
    "context": {"default_show_transfers": False, "default_pick_ids": [[4, 9]]},
}
QUALITY = {
    "type": "ir.actions.act_window",
    "name": "Kalitätskontrolle",
    "res_model": "quality.check.wizard",
    "help": "<p>Bitte <b>erst</b> prüfen:</p><ul><li>Temperatur &lt; 8&nbsp;°C</li><li>Siegel</li></ul>",
}
NOTICE = {
    "type": "ir.actions.client",
    "tag": "display_notification",
    "params": {"title": "Not so fast", "message": "The <i>quarantine</i> is not over."},
}


@pytest.mark.parametrize(
    ("action", "asks", "model", "says"),
    [
        (BACKORDER, "Create Backorder?", "stock.backorder.confirmation", ""),
        (QUALITY, "Kalitätskontrolle", "quality.check.wizard", "Bitte erst prüfen:\nTemperatur < 8 °C\nSiegel"),
        (NOTICE, "Not so fast", "display_notification", "The quarantine is not over."),
        ({"type": "ir.actions.act_window", "res_model": "x.wizard"}, "x.wizard", "x.wizard", ""),
        ({"name": "Sure?", "context": {"default_message": "Really?"}}, "Sure?", "", "Really?"),
        ({"name": False, "params": "nonsense", "context": "{'lang': 'de_DE'}"}, "assigned", "", ""),
        (True, "assigned", "", ""),
        (None, "assigned", "", ""),
    ],
)
def test_the_window_odoo_would_open_is_told_by_title_model_and_words(
    action: object, asks: str, model: str, says: str
) -> None:
    told = asked(action, "assigned")

    assert (told["asks"], told["model"], told["says"], told["state"]) == (asks, model, says, "assigned")


def test_a_long_explanation_ends_at_a_word() -> None:
    told = plain("<p>" + "Antibiotikum " * 200 + "</p>")

    assert len(told) <= LONGEST + 2
    assert told.endswith("Antibiotikum …")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Lot A&amp;B <br/>is <span class='x'>blocked</span>", "Lot A&B\nis blocked"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("  two\n\n  lines \t here ", "two\nlines here"),
        (False, ""),
    ],
)
def test_html_is_read_as_a_person_reads_it(words: object, read: str) -> None:
    assert plain(words) == read


def test_a_card_says_what_is_asked_and_where() -> None:
    heading, below = refusal("odoo_asks", {"picking": "WH/OUT/7", **asked(QUALITY, "assigned")})

    assert heading == "Odoo asks something first"
    assert below == "WH/OUT/7: Kalitätskontrolle. Bitte erst prüfen: Temperatur < 8 °C Siegel"
