"""The frame of every sentence: an answer, a question, a way to answer, in words. The words stand in `client/words`.

No Qt here: the window and the command line speak the same words.
"""

from collections.abc import Mapping
from datetime import date
from string import Formatter

from client import words
from client.words import any_job, cards
from client.words.label import problem_sentence
from client.words.pages import kept_title
from client.words.refusals import refusal
from client.words.rights import RIGHTS
from client.words.shift_end import left_open
from client.words.tongue import tr, trn
from client.words.written import counted, fill, whole_day, written
from client.work.answer import Choice, Question, Said


def _fill(template: str, facts: Mapping[str, object]) -> str:
    told = {name: written(value) for name, value in facts.items()}
    return fill(template, words.more(told) | told)


def title(said: Said) -> str:
    """The first line of an answer: what changed, or why not."""
    return _fill(words.ANSWERS[said.code][0], _told(said))


def detail(said: Said) -> str:
    """The second line: lot, place, document, or what to do now."""
    return _fill(words.ANSWERS[said.code][1], _told(said)).strip(" ·")


def _told(said: Said) -> dict[str, object]:
    facts = {**said.facts, **_titled(said.facts)}
    facts["right"] = RIGHTS.get(str(facts.get("act", "")), "")
    if "question" in facts:
        facts["asked"] = still_asked(str(facts["question"]), facts)
    facts["fault"] = _fault(facts)
    if "choice" in facts:
        facts |= {"way": cards.WAYS.get(str(facts["choice"]), ("", ""))[0], "again": cards.WAYS["post-again"][0]}
    if said.code == "card":
        facts |= _refused_told(facts)
    if "owed" in facts:
        facts["list"] = "; ".join(left_open(one) for one in said.facts["owed"])  # type: ignore[attr-defined]  # Owed
    facts["printed"] = _labels_told(facts)
    facts["then"] = _steps_told(facts)
    if "amount" not in facts and {"quantity", "pack"} <= facts.keys():
        facts |= {"amount": _amount(facts), "which": _which(facts)}
    return facts


def _titled(facts: Mapping[str, object]) -> dict[str, object]:
    """A draft by its title, in the language in use."""
    title, document = facts.get("title"), str(facts.get("document", ""))
    return {"title": kept_title(str(title), document)} if title else {}


def _labels_told(facts: Mapping[str, object]) -> str:
    if facts.get("unprinted"):
        return tr("· its labels could not be written: {unprinted}").format(unprinted=facts["unprinted"])
    return tr("· labels to print: {labels}").format(labels=facts["labels"]) if facts.get("labels") else ""


def still_asked(code: str, facts: Mapping[str, object]) -> str:
    """The open question again, where its sentence needs no facts that only the question has; else nothing."""
    asked = words.QUESTIONS.get(code, ("", ""))[0]
    needed = {name for _, name, _, _ in Formatter().parse(asked) if name}
    return _fill(asked, facts) if needed <= facts.keys() else ""


def _steps_told(facts: Mapping[str, object]) -> str:
    """In Input, 2 steps to go: WH/QC/00001, WH/STOR/00002 (ward 20)."""
    if not facts.get("steps"):
        return ""
    count = int(str(facts.get("count", 1)))
    told = trn("· {count} step to go: {steps}", "· {count} steps to go: {steps}", count)
    if facts.get("place"):
        told = trn("· in {place}, {count} step to go: {steps}", "· in {place}, {count} steps to go: {steps}", count)
    return told.format(place=facts.get("place"), count=count, steps=facts["steps"])


def _fault(facts: Mapping[str, object]) -> str:
    """What is wrong with a label, in the words `parse` uses."""
    told = {name: str(value) for name, value in facts.items()}
    return problem_sentence(told["problem"], told.get("element", ""), told) if "problem" in told else ""


def _amount(facts: Mapping[str, object]) -> str:
    """4 × Box of 10 = 40, or just 40."""
    quantity = written(facts["quantity"])
    return f"{written(facts['count'])} × {facts['pack']} = {quantity}" if facts["pack"] else f"{quantity}"


def _which(facts: Mapping[str, object]) -> str:
    lot = (
        tr("Serial {serial}").format(serial=facts["lot"])
        if facts["serial"]
        else tr("Lot {lot}").format(lot=facts["lot"])
    )
    parts = [lot] if facts["lot"] else _so_far(facts)
    parts += [f"{written(facts['day'])}"] if facts["day"] else []
    parts += [tr("its date is not kept in Odoo")] if facts.get("date_not_kept") else []
    return " · ".join(parts)


def _so_far(facts: Mapping[str, object]) -> list[str]:
    if not facts["ordered"]:
        return []
    return [tr("{total} of {ordered}").format(total=written(facts["total"]), ordered=written(facts["ordered"]))]


def question(asked: Question) -> str:
    """The question, in one sentence."""
    return _fill(_asked_about(asked)[0], _told_of(asked))


def question_hint(asked: Question) -> str:
    """What to know before answering."""
    return _fill(_asked_about(asked)[1], counted(_told_of(asked)))


def _asked_about(asked: Question) -> tuple[str, str]:
    """An item that became impossible while it was asked about can only be set aside: the refusal is the question."""
    return words.QUESTIONS.get(asked.code) or words.ANSWERS[asked.code]


def _told_of(asked: Question) -> dict[str, object]:
    told = _refused_told(asked.facts) if asked.code == "card" else {}
    return {**asked.facts, **told, "fault": _fault(asked.facts)}


def _refused_told(facts: Mapping[str, object]) -> dict[str, object]:
    """A card's `code` and `about`, its facts, in words."""
    about = facts.get("about")
    heading, told = refusal(str(facts.get("code", "")), about if isinstance(about, Mapping) else {})
    return {"heading": heading, "told": told}


def choice(way: Choice) -> str:
    """One way to answer."""
    if way.code in {"read_so", "label_as_read"}:
        return any_job.as_printed(way.facts)
    facts = {name: whole_day(fact) if isinstance(fact, date) else fact for name, fact in way.facts.items()}
    facts |= _titled(way.facts)
    return _fill(words.CHOICES[way.code][0], facts)


def choice_detail(way: Choice) -> str:
    """What this way means; where the role may not, who may."""
    return _fill(words.CHOICES[way.code][1], way.facts) if way.allowed else RIGHTS[way.act]
