"""How the title of a draft of goods on their way begins on disk: with its job, in no language that anybody chose."""

from typing import Final

_BEGINS: Final = {
    "Move": "move",
    "Use": "use",
    "Waste": "waste",
    "Return": "return",
    "Take now": "take_now",
    "To complete:": "later",
}


def begins_with(title: str) -> tuple[str, str]:
    """The job it begins with, and the rest; no job where there is none."""
    for begins, job in _BEGINS.items():
        if title == begins or title.startswith(f"{begins} "):
            return job, title.removeprefix(begins).strip()
    return "", title
