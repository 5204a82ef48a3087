"""Bytes with times: whole scans, halves, and what comes twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.barcode.framing import Frame, Framing, text_of

CODE = b"]d2010952123454321310A\x1d21B"


def datas(frames: list[Frame], kind: str = "scan") -> list[bytes]:
    return [frame.data for frame in frames if frame.kind == kind]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_terminator_ends_a_scan(end: bytes) -> None:
    assert datas(Framing().feed(CODE + end, 1.0)) == [CODE]


def test_two_scans_in_one_read_are_two() -> None:
    assert datas(Framing().feed(CODE + b"\r4012345678901\r", 1.0)) == [CODE, b"4012345678901"]


def test_a_scan_in_pieces_is_one() -> None:
    framing = Framing()

    frames = [frame for place in range(len(CODE)) for frame in framing.feed(CODE[place : place + 1], place * 0.01)]

    assert frames == []
    assert datas(framing.feed(b"\r", 0.3)) == [CODE]


def test_a_scanner_without_terminator_has_said_all_after_a_silence() -> None:
    framing = Framing()
    framing.feed(CODE, 1.0)

    assert framing.idle(1.05) == []
    assert datas(framing.idle(1.12)) == [CODE]


def test_half_a_scan_and_silence_is_never_a_scan_where_scans_end_with_enter() -> None:
    framing = Framing()
    framing.feed(CODE + b"\r", 1.0)
    framing.feed(CODE[:20], 5.0)

    assert framing.idle(5.2) == []
    assert framing.idle(5.6) == [Frame(CODE[:20], "half", ended=False)]
    assert datas(framing.feed(CODE + b"\r", 6.0)) == [CODE]


def test_what_had_begun_when_the_plug_was_pulled_is_half() -> None:
    framing = Framing()
    framing.feed(CODE[:20], 1.0)

    assert datas(framing.broken(), "half") == [CODE[:20]]
    assert framing.broken() == []


@pytest.mark.parametrize(("pause", "kind"), [(0.09, "doubled"), (0.11, "scan")])
def test_the_same_bytes_within_a_tenth_of_a_second_are_a_doubled_trigger(pause: float, kind: str) -> None:
    framing = Framing()
    framing.feed(CODE + b"\r", 1.0)

    assert [frame.kind for frame in framing.feed(CODE + b"\r", 1.0 + pause)] == [kind]


def test_whatever_floods_the_port_does_not_fill_the_memory() -> None:
    framing = Framing()

    frames = [*framing.feed(b"x" * 50_000, 1.0), *framing.broken()]

    assert max(len(frame.data) for frame in frames) == 16_384
    assert sum(len(frame.data) for frame in frames) == 50_000


def test_text_is_utf_8_and_else_latin_1() -> None:
    assert text_of("Größe\x1d1".encode()) == "Größe\x1d1"
    assert text_of(b"Gr\xf6\xdfe") == "Größe"


@given(st.lists(st.tuples(st.binary(max_size=30), st.floats(0, 1)), max_size=30))
def test_every_byte_but_the_terminators_comes_out_once_and_in_order(reads: list[tuple[bytes, float]]) -> None:
    framing, at, out = Framing(), 0.0, b""
    for data, pause in reads:
        at += pause
        out += b"".join(frame.data for frame in [*framing.idle(at), *framing.feed(data, at)])
    out += b"".join(frame.data for frame in framing.broken())

    sent = b"".join(data for data, _ in reads)
    assert out == sent.replace(b"\r", b"").replace(b"\n", b"")
