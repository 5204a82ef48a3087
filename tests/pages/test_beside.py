"""By touch alone: what is said beside scanning, in the list under More and on the page of a line."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from client.pages.job import JobPage
from client.work.answer import Tone
from client.work.job import from_draft
from client.work.receiving.delivery import Delivery
from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from sync.stock import Location, Lot, StockRow, Usage
from tests.pages.stage import BOX, CANNULA, GLOVES, NOW, PROPOFOL, SALINE, Stage, gs1, stage, stock_up

pytestmark = pytest.mark.usefixtures("qapp")
ICU = 20


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Stage]:
    here = stage(tmp_path)
    stock_up(here)
    yield here
    here.store.close()


def offered(page: JobPage) -> dict[str, str]:
    """What can be pressed now, by what stands on it."""
    return {way.title: way.command for way in page._ask._choices._rows}  # type: ignore[attr-defined]


def press(page: JobPage, *titles: str) -> None:
    for title in titles:
        page._ask.answer(offered(page)[title])


def more(page: JobPage, *titles: str) -> None:
    page.more()
    press(page, *titles)


def delivery(on: Stage) -> Delivery:
    return next(from_draft(one, Delivery) for one in on.store.drafts.open_drafts() if one.job == "receipt")


def test_a_move_from_shelf_to_ward_by_touch_alone(on: Stage) -> None:
    page = on.shell._job
    on.shell._open("say:move")
    more(page, "From where", "WH/Stock/A4-11")
    more(page, "Type instead of scanning")
    page._ask.typed.write("sodium")
    press(page, "Sodium chloride 0.9 % 500 ml")
    press(page, next(title for title in offered(page) if "24H1907" in title))
    more(page, "To where", "WH/ICU")

    assert page.property("ready")
    page.act()

    [entry] = on.store.outbox.rows()
    assert [(line.lot_name, line.done) for line in entry.transaction.lines] == [("24H1907", Decimal(1))]


def test_goods_are_refused_at_the_door_with_a_reason_that_is_pressed(on: Stage) -> None:
    on.receive_some()

    more(on.shell._job, "Refuse at the door", "Damaged")

    assert [(one.reason, one.quantity) for one in delivery(on).turned_away] == [("Damaged", Decimal(50))]


def test_the_lot_of_an_earlier_scan_is_changed_on_its_line(on: Stage) -> None:
    page = on.shell._job
    on.receive_some()
    first = next(add.number for add in delivery(on).additions if add.product == CANNULA)

    page.change(str(first))
    press(page, "Another lot")
    page._ask.typed.write("MX40313")
    page.act()

    assert [add.lot_name for add in delivery(on).additions if add.product == CANNULA] == ["MX40313", "MX40312"]


def test_a_code_nobody_knows_is_kept_and_named_by_touch(on: Stage) -> None:
    page = on.shell._job
    on.scan("P00147")
    on.scan("4711 what is this")
    more(page, "Keep the code nobody knows")
    kept = delivery(on).nameless
    assert [one.text for one in kept] == ["4711 what is this"]

    page.choose(f"nameless:{kept[0].number}")
    page._ask.typed.write("nitrile")
    press(page, "Nitrile gloves M, box of 100")

    assert on.desk.said.tone in {Tone.ASK, Tone.OK}
    assert on.desk.said.code != "nothing_unidentified"


def place(id_: int, name: str, barcode: str) -> Location:
    return Location(id_, name.rpartition("/")[2], name, Usage.INTERNAL, f"4/5/{id_}/", 5, barcode)


def naming(on: Stage) -> JobPage:
    page = on.shell._job
    on.scan("P00147")
    on.scan("4711 what is this")
    on.shell._teach.keep()
    page.choose(f"nameless:{delivery(on).nameless[0].number}")
    return page


def test_the_only_product_a_part_of_a_name_can_mean_is_read_on_the_button_before_it_is_given(on: Stage) -> None:
    page = naming(on)

    page._ask.typed.write("nitr")
    assert page.property("mainText") == f"Use {GLOVES.name}"
    page.act()

    assert (on.desk.said.code, on.desk.said.facts["product"]) == ("lot_missing", GLOVES.name)


def test_of_several_products_one_is_chosen_before_anything_is_given(on: Stage) -> None:
    page = naming(on)

    page._ask.typed.write("MED-000")
    assert (page.property("ready"), page.property("missing")) == (False, "Choose which one")
    page.act()
    assert on.desk.said.code == "kept_unidentified"

    page._ask.typed.write("MED-0003")
    assert page.property("ready")
    page.act()
    assert on.desk.said.facts["product"] == GLOVES.name


def test_a_name_nothing_has_stays_to_be_mended(on: Stage) -> None:
    page = naming(on)

    page._ask.typed.write("Face m")
    page.act()

    assert on.desk.said.code == "no_such_product"
    assert (page._ask.code, page._ask.typed.written) == ("name", "Face m")
    assert on.scan("NOBODY-8").tone is Tone.NO
    assert not page._ask.asking  # a scan is no answer to it


def test_a_barcode_typed_means_its_place_and_no_other_that_has_it_in_its_name(on: Stage) -> None:
    pull = on.store.catalogue.resume()
    pull.merge("locations", [place(70, "WH/Stock/Fridge left", "B1"), place(71, "WH/Stock/B12", "LOC-B12")])
    pull.merge("locations", [place(72, "WH/Stock/B13", "LOC-B13")])
    pull.flip(NOW)
    page = on.shell._job
    on.press("move")
    on.scan(gs1(GLOVES))

    page._ask.typed.write("B1")
    assert page.property("mainText") == "Use WH/Stock/Fridge left"
    page._ask.typed.write("B12")
    assert page.property("mainText") == "Use WH/Stock/B12"
    page._ask.typed.write("b")
    assert page.property("missing") == "Choose which one"


def test_a_patients_label_that_was_typed_does_not_stay_on_the_screen(on: Stage) -> None:
    page = on.shell._job
    on.scan("P00147")
    more(page, "Type instead of scanning")

    page._ask.typed.write("(8018)123456789012345675")
    page.act()

    assert on.desk.said.code == "patient_label"
    assert page._ask.typed.written == ""


def test_goods_without_a_name_and_goods_turned_away_do_not_look_complete(on: Stage) -> None:
    on.scan("P00147")
    on.scan("4711 what is this")
    on.shell._teach.keep()
    on.scan(gs1(SALINE, "24H1907", "280331", 40))
    on.scan(gs1(PROPOFOL, "7F220K", "270630", 2))
    on.press("refuse damaged")

    marks = {row.name: row.mark for row in on.shell._job._lines._rows}  # type: ignore[attr-defined]
    assert marks == {"4711 what is this": "ask", PROPOFOL.name: "no"} | dict.fromkeys(
        (CANNULA.name, SALINE.name, GLOVES.name), ""
    )


def test_a_pin_that_must_wait_leaves_no_digit_behind(on: Stage) -> None:
    for name, role in (("Mira Lindqvist", Role.STOREKEEPER), ("Ana Sousa", Role.SUPERVISOR)):
        on.store.people.add(name, role, NOW, "", badge=f"B-{name[:4]}", pin=hashed("4711", Cost(1, 8, 1)))
    page = on.shell._job
    on.scan("P00147")
    on.scan(gs1(SALINE, "OLD1", "261001", 4))
    on.press("stands Ana Sousa")
    for _ in range(6):
        page._ask.typed.write("9999")
        page.act()
    assert on.desk.said.code == "pin_wait"

    on.clock.on(30)
    assert (page._ask.code, page._ask.typed.written) == ("pin", "")
    page._ask.typed.write("4711")
    page.act()
    assert on.desk.said.code == "approved"


def test_what_is_not_on_the_shelf_is_said_by_touch_in_a_count(on: Stage) -> None:
    page = on.shell._job
    on.shell.go("count")
    more(page, "Find the place", "WH/Stock/A4-11")
    more(page, "None of something")
    page._ask.typed.write("sodium")
    press(page, "Sodium chloride 0.9 % 500 ml")

    assert on.desk.question() is not None or on.desk.said.tone is Tone.OK


def test_the_first_key_after_a_number_that_was_not_taken_begins_another(on: Stage) -> None:
    page = on.shell._job
    on.receive_some()
    page.changeQuantity()
    for key in "999999999":
        page._ask.typed.type(key)
    page.act()
    assert (on.desk.said.tone, page._ask.code) == (Tone.NO, "how_many")

    for key in "60":
        page._ask.typed.type(key)
    page.act()

    assert [add.quantity for add in delivery(on).additions if add.product == CANNULA] == [100, 60]


def test_what_is_begun_from_a_shelf_looked_up_is_begun_there(on: Stage) -> None:
    on.press("look WH/Stock/A4-11")
    (move,) = [row.command for row in on.shell._look._acts._rows if row.command.startswith("move")]  # type: ignore[attr-defined]

    assert on.press(move).facts["place"] == "WH/Stock/A4-11"


def test_a_shelf_that_was_only_looked_at_is_taken_from_by_no_other_page(on: Stage) -> None:
    on.press("look WH/Stock/A4-11")
    on.shell.go("outbox")

    assert on.press("take-now").code == "move_begun"


def test_the_page_is_left_as_it_was_when_a_word_is_not_said(on: Stage) -> None:
    page = on.shell._job
    on.receive_some()
    before = delivery(on)

    page.more()
    press(page, "Into quarantine")
    on.shell.back()

    assert not page._ask.asking
    assert delivery(on) == before
    on.shell.back()
    assert on.shell.property("page") == "home"


def test_what_was_just_taken_in_a_hurry_is_pressed_to_say_how_many(on: Stage) -> None:
    page = on.shell._job
    on.press("take-now")
    on.press("scan WH/ICU")
    said = on.scan(gs1(CANNULA, "MX40312", "290131"))

    page.choose(said.row)
    assert page._ask.code == "how_many"
    page._ask.typed.write("4")
    page.act()

    rows = [(row.name, row.number, row.detail) for row in page._lines._rows]  # type: ignore[attr-defined]
    assert rows == [(CANNULA.name, "4", "Is lot MX40312 really there?")]
    assert not page._ask.asking


def test_a_number_said_of_a_box_taken_in_a_hurry_is_boxes(on: Stage) -> None:
    page = on.shell._job
    on.press("take-now")
    on.press("scan WH/ICU")
    said = on.scan(f"]d201{BOX.barcode}10MX40312")

    page.choose(said.row)
    assert (page._ask.typed.written, page._ask.typed.property("unit")) == ("1", BOX.name)
    page._ask.typed.write("2")
    page.act()

    assert [row.number for row in page._lines._rows] == ["100"]  # type: ignore[attr-defined]


def test_what_is_complete_in_a_hurry_is_spoken_of_on_its_own_line(on: Stage) -> None:
    pull = on.store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(80, CANNULA.id, ICU, Decimal(100), lot_id=4)])
    pull.merge("stock_rows", [StockRow(81, GLOVES.id, ICU, Decimal(100), lot_id=3)])
    pull.merge("lots", [Lot(3, GLOVES.id, "G-1", date(2028, 3, 31))])
    pull.flip(NOW)
    on.press("take-now")
    on.press("scan WH/ICU")
    rows = [on.scan(text).row for text in (gs1(CANNULA, "MX40312", "290131"), gs1(GLOVES, "G-1", "280331"))]

    assert rows == [f"goods:{CANNULA.id}", f"goods:{GLOVES.id}"]
    assert on.press("fix 1").row == f"goods:{CANNULA.id}"
    assert on.press("undo 2").row == f"goods:{GLOVES.id}"


def test_take_now_asks_nothing_and_can_be_finished(on: Stage) -> None:
    on.press("take-now")
    on.press("scan WH/ICU")
    on.scan(gs1(SALINE))

    assert not on.shell._job._ask.asking
    assert on.shell._job.property("ready")


def test_somebody_stands_by_without_a_badge_and_the_desk_stays_whose_it_was(tmp_path: Path) -> None:
    on = stage(tmp_path, role=Role.NURSE)
    for name, role in (("Mira Lindqvist", "nurse"), ("Joana Adeyemi", "supervisor")):
        on.store.people.add(name, role, NOW, "", badge=f"B-{name[:4]}", pin=hashed("4711", Cost(1, 8, 1)))
    on.scan("P00147")
    on.scan(gs1(SALINE, "24H1800", "261001", 4))
    page = on.shell._job
    assert on.desk.said.code == "expired"

    press(page, "Somebody without their badge", "Joana Adeyemi")
    for digit in "4711":
        page._ask.typed.type(digit)
    page.act()

    assert on.desk.said.code == "approved"
    assert on.desk.person.name == "Mira Lindqvist"
    on.store.close()


def test_somebody_elses_job_is_taken_over_after_a_word_and_not_by_a_slip(tmp_path: Path) -> None:
    on = stage(tmp_path, role=Role.SUPERVISOR)
    on.receive_some()
    on.press("home")
    [theirs] = on.store.drafts.open_drafts()
    on.desk.person = on.desk.policy.person("Joana Adeyemi", Role.SUPERVISOR)

    on.shell._open(f"draft:{theirs.uuid}")

    asked = on.desk.question()
    assert asked
    assert asked.code == "take_over"
    press(on.shell._job, "Yes, I go on with it")
    assert on.desk.job
    assert on.desk.job.uuid == theirs.uuid
    on.store.close()
