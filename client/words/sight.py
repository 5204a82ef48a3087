"""What is said around the camera and still pictures: what to do, what is wrong, what a person must compare."""

from typing import Final

from client.words.tongue import Sentences, tr

ANSWERS: Final = {
    "still_no_code": (
        "No code was found in this picture",
        "Go closer, hold it sharp and straight, without shine; the code may fill half of the picture.",
    ),
    "still_too_dark": ("The picture is too dark", "No code was found. Turn on a light and try again."),
    "still_blurred": ("The picture is blurred", "No code was found. Hold still, let it focus, try again."),
    "still_no_text": ("Nothing to read in what was copied", "Copy a picture, or a picture's file, and paste again."),
    "still_doubt": ("Compare with the pack", "Nothing is added until you answer."),
    "still_denied": ("Nothing was added", "What the picture shows is not what is printed."),
}
"""Codes: `Said` in client/pages/sight.py."""
QUESTIONS: Final[dict[str, tuple[str, str]]] = {}
CHOICES: Final[dict[str, tuple[str, str]]] = {}

_TROUBLES: Final = Sentences(
    {
        "camera_missing": ("There is no camera here", "Plug one in and try again, or read a picture."),
        "camera_busy": ("The camera is in use", "It goes on by itself once no other program shows its picture."),
        "camera_denied": (
            "The camera is locked for Wardstock",
            "Allow it in the settings of this device, under privacy and camera. Then try again.",
        ),
        "camera_lost": ("The camera stopped", "It goes on by itself once it is plugged in again."),
        "camera_ended": ("The film is over", "Begin again, or choose another."),
    }
)
_HINTS: Final = Sentences(
    {
        "dark": "Too dark: more light, or the lamp of this device",
        "blurred": "Blurred: hold still, a hand's breadth away",
    }
)
_FORMATS: Final = {
    "DataMatrix": "Data Matrix",
    "QRCode": "QR code",
    "Code128": "Code 128",
    "Code39": "Code 39",
    "EAN13": "EAN-13",
    "EAN8": "EAN-8",
    "UPCA": "UPC-A",
    "UPCE": "UPC-E",
    "ITF": "ITF",
    "DataBar": "GS1 DataBar",
    "DataBarExpanded": "GS1 DataBar",
    "DataBarLimited": "GS1 DataBar",
}


def trouble(code: str) -> tuple[str, str]:
    """Why there is no live picture, and what to do."""
    return _TROUBLES[code]


def hint(code: str) -> str:
    """What to change so that the code can be read."""
    return _HINTS[code]


def waiting() -> tuple[str, str]:
    """Until the first live picture."""
    return tr("The camera starts"), tr("If the device asks: allow it. Pictures are read here and not kept.")


def reading(name: str) -> tuple[str, str]:
    """While a still picture is looked at."""
    return tr("Reading the picture"), name


def compare(count: int) -> tuple[str, str]:
    """Over codes a person must look at."""
    if count == 1:
        return tr("Is this what is printed?"), tr("It was hard to read. Compare each sign with the pack.")
    return tr("Which one is meant?"), tr("Compare with the pack, then choose.")


def kind(format_: str, *, sure: bool) -> str:
    """Under a code in a picture."""
    name = _FORMATS.get(format_, format_)
    return name if sure else tr("{name} · hard to read").format(name=name)


def photo() -> tuple[str, str]:
    """Over the camera, where a photo is wanted."""
    return tr("Take the photo"), tr("It is sent along with this job. Patients are on no photo.")
