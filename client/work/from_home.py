"""From home into work: what a scan or a word opens, begins or tells where no job is open."""

from client.barcode.label import Label, RawScan
from client.barcode.read import read
from client.work import jobs
from client.work.answer import Command, Said, Tone, ask, no
from client.work.cards import card as cards
from client.work.cards.shown import waiting
from client.work.home import Home
from client.work.job import Pending
from client.work.lookup.looking import WORDS as LOOKING
from client.work.lookup.looking import Looked, Looking
from client.work.lookup.recall import Prepared
from client.work.machine import Start
from client.work.meaning import LotMeant, Meaning, PickingsMeant, ProductMeant, UnknownCode
from client.work.receiving.orders import incoming
from client.work.worktop import Worktop


def scanned(top: Worktop, meant: Meaning, label: Label) -> Said:
    """A document opens; goods on one, or for a place, begin a job and are its first scan; all else is told."""
    if top.at_home.card and (chosen := cards.scanned(top.at_home.card, meant, label)):
        return settled(top, chosen)
    if top.at_home.wanted and isinstance(meant, UnknownCode) and label.kind == "plain":
        return top.begin(Start(top.at_home.wanted, label.text.strip()))
    if top.at_home.card:
        top.alone()
    onward = top.machine().onward if top.job else None
    if top.job and onward and (begin := onward(top.job, meant)):
        return top.begin(begin)
    ward = top.ward()
    papers = top.at_home.papers_of(meant, ward)
    if top.job and papers and not isinstance(meant, PickingsMeant):
        # A late pack of the delivery just finished must not slip into another one.
        return no("already_confirmed")
    if len(papers) == 1:
        said = top.open(papers[0])
    else:
        top.at_home, answer = top.at_home.scanned(meant, papers, label, Looking(top.store, ward))
        if isinstance(answer, Said):
            return answer
        said = top.begin(answer)
    if said.tone is Tone.NO or top.job is None or isinstance(meant, PickingsMeant):
        return said
    return top.scan(top.job, meant, label)


def told(top: Worktop, command: Command) -> Said:
    """What was pressed or said."""
    if command.name == "cards":
        return card(top, command.value)
    if command.name == "settle":
        return settled(top, command.value)
    if command.name == "receive" and command.value and (opened := _order_here(top, command.value)):
        return opened
    if jobs.begun_by(command.name):
        said = top.begin(Start(command.name, command.value, place=top.at_home.place, product=top.at_home.product))
        top.at_home = Home(wanted=command.name) if said.code == "scan_the_order" else top.at_home
        return said
    if command.name in {"drafts", "resume"}:
        return top.drafts(command.value)
    if top.at_home.theirs and command.name == "yes":
        return top.take_over(top.at_home.theirs)
    if command.name in LOOKING:
        _leave_job(top)
    top.at_home, answer = top.at_home.told(command, Looking(top.store, top.ward()))
    if isinstance(answer, Said):
        return answer
    if isinstance(answer, Prepared):
        return _prepared(top, answer)
    return top.open(answer.picking) if answer.picking else top.begin(answer)


def looked_at(top: Worktop, meant: Meaning, label: Label) -> Said:
    """What a typed or scanned text is, without beginning anything."""
    _leave_job(top)
    looked, said = Looking(top.store, top.ward()).scanned(Looked(), meant, label)
    top.at_home = Home(product=meant.product if isinstance(meant, ProductMeant | LotMeant) else None, looked=looked)
    return said


def card(top: Worktop, which: str) -> Said:
    """What waits for a decision: one is shown with its ways out, of several the names are told."""
    found = waiting(top.store, top.ward(), which)
    if isinstance(found, Said):
        return found
    top.home()
    top.at_home = Home(card=found)
    return ask("card", **cards.card_question(found).facts)


def settled(top: Worktop, text: str) -> Said:
    """`REFERENCE CHOICE [value]`: one way out of one card; without a choice the card is shown."""
    which, _, way = text.partition(" ")
    choice, _, value = way.strip().partition(" ")
    if not choice:
        return card(top, which)
    done = cards.settle(top.store, top.ward(), which, choice, value)
    if done.said.tone is not Tone.OK:
        return done.said
    top.alone()
    if top.at_home.card:
        top.at_home = Home()
    top.queued()
    if done.draft:
        top.home()
        top.resume(done.draft)
    return done.said


def _order_here(top: Worktop, text: str) -> Said | None:
    """An order that is on this device is opened by its number as by a scan; any other is waited for (ward 9)."""
    label = read(RawScan.received(text, source="typed", device="typed", scanned_at=top.clock.now()))
    meant = PickingsMeant(incoming(label.text, top.store.catalogue))
    return scanned(top, meant, label) if meant.pickings else None


def _leave_job(top: Worktop) -> None:
    """Look elsewhere: the open job stays as a draft, and what is looked at at home stays as it is."""
    at_home = top.at_home
    top.home()
    top.at_home = at_home


def _prepared(top: Worktop, move: Prepared) -> Said:
    """A job that begins with its places and goods: what is left to do is to look at it and confirm."""
    said = top.begin(Start(move.kind, place=move.source))
    if top.job is not None and said.tone is not Tone.NO:
        said = top.command(Command("to", move.destination.complete_name))
    if top.job is None or said.tone is Tone.NO:
        return said
    item = Pending(product=move.product, lot_name=move.lot_name, count=move.quantity, unit=move.product.uom_name)
    return top.add(top.job, item)
