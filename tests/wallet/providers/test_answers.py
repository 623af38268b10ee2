"""Any bytes become an answer or a reason."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.providers.answers import MAX_ANSWER_BYTES, Answer, Unreadable, read_answer
from wallet.providers.profile import Profile
from wallet.providers.requests import Order
from wallet.providers.verdicts import Verdict, judge_check, judge_pay

_PROFILE = Profile(url="http://127.0.0.1:9/")
_ORDER = Order(
    txn_id=1,
    txn_at=datetime(2026, 1, 1, tzinfo=UTC),
    account="1",
    fields={},
    sum_minor=1,
    currency="RUB",
)
_FULL = """<?xml version="1.0" encoding="{encoding}"?>
<response>
  <osmp_txn_id>77000123</osmp_txn_id><prv_txn>5011</prv_txn><sum>150.00</sum>
  <result>0</result><comment>Принято</comment>
  <fields><field1 name="ev_key">abc</field1><field2>Иванов И. И.</field2></fields>
</response>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_a_full_answer_is_read_in_any_encoding_it_declares(encoding: str) -> None:
    answer = read_answer(_FULL.format(encoding=encoding).encode(encoding))
    assert answer == Answer(
        result=0,
        txn_id=77000123,
        prv_txn="5011",
        sum_minor=15_000,
        comment="Принято",
        fields={"ev_key": "abc", "disp2": "Иванов И. И."},
    )


@pytest.mark.parametrize("before", [b"\r\n\t ", b"\xef\xbb\xbf", b"\n\xef\xbb\xbf\n", b"\n" * 999])
def test_white_space_before_the_declaration_is_skipped(before: bytes) -> None:
    answer = read_answer(before + _FULL.format(encoding="utf-8").encode())
    assert isinstance(answer, Answer)


def test_a_result_alone_is_an_answer() -> None:
    assert read_answer(b"<response><result> 1 </result></response>") == Answer(result=1)


def test_names_are_found_whatever_their_case_and_namespace() -> None:
    answer = read_answer(b'<r:Response xmlns:r="urn:x"><r:RESULT>5</r:RESULT></r:Response>')
    assert answer == Answer(result=5)


@pytest.mark.parametrize(
    ("told", "minor"),
    [("150", 15_000), ("150,5", 15_050), ("1.5e2", 15_000), ("150.001", None), ("NaN", None),
     ("-1", None), ("1e99999", None), ("1e999999", None), ("", None)],
)  # fmt: skip
def test_a_sum_is_read_exactly_or_not_at_all(told: str, minor: int | None) -> None:
    body = f"<response><result>0</result><sum>{told}</sum></response>"
    assert read_answer(body.encode()) == Answer(result=0, sum_minor=minor)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty body"),
        (b" \r\n ", "empty body"),
        (b"OK", "broken XML"),
        (b"<html><body>502 Bad Gateway</body></html>", "no result"),
        (b"<response><result>0</result>", "broken XML"),
        (b"<response><comment>x</comment></response>", "no result"),
        (b"<response><result/></response>", "unreadable result"),
        (b"<response><result>0x0</result></response>", "unreadable result"),
        (b"<response><result>0.0</result></response>", "unreadable result"),
        (b"<response><result>0</result><result>5</result></response>", "unreadable result"),
        (b'<?xml version="1.0" encoding="nonsense"?><r><result>0</result></r>', "broken XML"),
        (b'<?xml version="1.0" encoding="big5"?><r><result>0</result></r>', "broken XML"),
        (b'<!DOCTYPE r [<!ENTITY a "0">]><r><result>&a;</result></r>', "broken XML"),
        (b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r><result>0</result></r>', "broken XML"),
        (b"<response><result>0</result>" + b" " * MAX_ANSWER_BYTES, "body too large"),
    ],
)
def test_what_is_no_answer_says_why(body: bytes, reason: str) -> None:
    assert read_answer(body) == Unreadable(reason)


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
    )
    bomb = f"<!DOCTYPE r [{entities}]><r><result>0</result><comment>&l9;</comment></r>"
    assert read_answer(bomb.encode()) == Unreadable("broken XML")


_PIECES = st.sampled_from(
    [b"<response>", b"</response>", b"<result>", b"</result>", b"0", b"300", b"<sum>", b"</sum>",
     b"<fields>", b"<f name='a'>", b"</f>", b"</fields>", b"<?xml version='1.0'?>", b"\x00",
     b"<!DOCTYPE r>", b"&#0;", b"&lt;", b"]]>", b"\xff\xfe", b" ", b"<osmp_txn_id>", b"\xd0"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=200), st.lists(_PIECES, max_size=20).map(b"".join)))
def test_any_bytes_give_a_verdict(body: bytes) -> None:
    told = read_answer(body)
    assert isinstance(told, Answer | Unreadable)
    judge_check(_PROFILE, _ORDER, told)
    judged = judge_pay(_PROFILE, _ORDER, told, repeated=True)
    if isinstance(told, Unreadable):
        assert judged.verdict is Verdict.UNKNOWN


@given(st.text(max_size=300), st.integers(-(10**9) + 1, 10**9 - 1))
def test_what_a_provider_writes_into_its_comment_decides_nothing(text: str, code: int) -> None:
    plain = read_answer(f"<r><result>{code}</result></r>".encode())
    body = f"<r><comment>{escape(text)}</comment><result>{code}</result></r>"
    told = read_answer(body.encode("utf-8", "replace"))
    assert isinstance(plain, Answer)
    if isinstance(told, Answer):
        assert told.result == plain.result
