"""A template can choose and place texts, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.model import Pair, Text
from kiosk.receipts.templates.markup import read_markup
from kiosk.receipts.templates.sandbox import MOST_OUTPUT, MOST_SOURCE, SlipTemplate

FACTS = {
    "name": "МТС",
    "free": False,
    "sums": {"fee": "10,00"},
    "rows": tuple({"n": n} for n in range(100)),
}


def rendered(source, facts=FACTS):
    return SlipTemplate(source, "t").render(facts)


def test_it_chooses_repeats_and_names():
    source = (
        "{% if not free %}\n{{ sums.fee }}\n{% endif %}{% for row in rows %}{{ row.n }}{% endfor %}"
    )
    text = read_markup(rendered(source))
    assert text[0] == Text(text="10,00")
    assert text[1].text.startswith("0123")


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}",
        "{{ name['__class__'] }}",
        "{{ name|attr('__class__') }}",
        "{{ ''.join(['a']) }}",
        "{{ name.format() }}",
        "{{ name * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ name ~ name }}",
        "{{ name|center(100000000) }}",
        "{{ name|replace('a', 'b') }}",
        "{% for x in range(10) %}{{ x }}{% endfor %}",
        "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
        "{% for a, b in rows %}{{ a }}{% endfor %}",
        "{% set a = name %}{{ a }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% extends 'x' %}",
        "{% block b %}{% endblock %}",
        "{% with a=1 %}{% endwith %}",
        "{% filter upper %}x{% endfilter %}",
        "{% for x in rows|counted %}{% endfor %}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ name is mapping }}",
        "{{ nobody }}",
        "{{ sums.nobody }}",
        "{{ sums }}",
        "{{ rows }}",
        "{{ free }}",
        "{{ name.upper }}",
        "{{ self }}",
        "{{ context }}",
        "{% if nobody %}{% endif %}",
        "{{ name",
        "{% if %}",
        "\x1b@",
        "\ue001",
        "(" * 500 + ")" * 500 + "{{ " + "(" * 500 + "name" + ")" * 500 + " }}",
        "{% if name %}" * 200 + "{% endif %}" * 200,
        "{{ name }}" * 2500,
        "x" * (MOST_SOURCE + 1),
    ],
)
def test_it_can_do_nothing_else(source):
    with pytest.raises(TemplateRefusedError, match=r"^t: "):
        rendered(source)


def test_loops_within_loops_end_by_counting():
    nested = "{% for a in rows %}" * 4 + "{% endfor %}" * 4
    with pytest.raises(TemplateRefusedError, match="steps"):
        rendered(nested)


def test_output_is_bounded_while_it_is_made():
    source = "{% for a in rows %}" + "x" * (MOST_OUTPUT // 50) + "{% endfor %}"
    with pytest.raises(TemplateRefusedError, match="gives out more"):
        rendered(source)


def test_one_rendering_leaves_nothing_to_the_next():
    template = SlipTemplate("{% for a in rows %}.{% endfor %}", "t")
    for _ in range(500):
        assert template.render(FACTS) == "." * 100


PLACES = SlipTemplate(
    "{{ v }}\nтекст {{ v }}\n{{ v }} | {{ v }}\n[b]{{ v }}[/b]\n= {{ v }}{{ v }}\n## {{ v }}", "t"
)
FORGERIES = st.text(
    alphabet=st.sampled_from("@#=-|[]b/ qr:feed1logo\n\r\t\x1b\x00\ue000\ue001\ue002«»А")
)


@given(value=st.one_of(FORGERIES, st.text()))
def test_no_value_forges_markup(value):
    """Wherever a value stands, the draft has the same form as with a harmless one."""
    draft = read_markup(PLACES.render({"v": value}))
    assert forms(draft) == forms(read_markup(PLACES.render({"v": "x"})))
    for block in draft:
        texts = (block.left, block.right) if isinstance(block, Pair) else (block.text,)
        for text in texts:
            assert not any("\ue000" <= sign <= "\uf8ff" or sign < " " for sign in text)


def forms(draft):
    return [(type(block).__name__, getattr(block, "align", None)) for block in draft]


FRAGMENTS = st.sampled_from(
    [
        *(
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "{# ",
            " #}",
            "name",
            "rows",
            "sums.fee",
            "if ",
            "endif",
            "for x in ",
        ),
        *(
            "endfor",
            "else",
            "x",
            "loop.index",
            "loop",
            "|",
            "upper",
            "length",
            "default('a')",
            "==",
            "not ",
        ),
        *(
            "'",
            '"',
            "(",
            ")",
            "[",
            "]",
            ".",
            "\\x1b",
            "\n",
            "@sums",
            "[b]",
            "99999",
            "1e9",
            "set x = ",
            "~",
        ),
    ]
)


@given(source=st.one_of(st.text(), st.lists(FRAGMENTS, max_size=25).map("".join)))
def test_any_source_gives_markup_or_is_refused(source):
    try:
        draft = read_markup(rendered(source))
    except TemplateRefusedError:
        return
    for block in draft:
        for text in (getattr(block, name, "") for name in ("text", "left", "right", "payload")):
            assert not any(sign < " " for sign in text)


def test_a_constant_is_a_value_too():
    (block,) = read_markup(rendered("{{ '\\x1b@ [b]a|b' }}"))
    assert block == Text(text="@ [b]a|b")


def test_a_value_keeps_its_own_signs():
    (block,) = read_markup(rendered("{{ v }}", {"v": "[b]a|b[/b] @sums #"}))
    assert block == Text(text="[b]a|b[/b] @sums #")
