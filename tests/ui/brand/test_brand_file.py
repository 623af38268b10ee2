"""A brand's file is used whole or not at all, and says what is wrong in words."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from structlog.testing import capture_logs

from ui.brand import BUILT_IN
from ui.brand.brand_file import BrandError, load_brand
from ui.brand.pictures import LARGEST_FILE
from ui.brand.start import brand_at_start

HOTLINES = ("8-800-707-77-59", "8-495-123-45-67")
COLOURS = '[colours]\nbrand = "#5B2A86"\naction = "#0B5F46"\naccent = "#FFB84D"\n'
TITLE = 'title = { ru = "Без очереди", en = "No queue", kk = "Кезексіз" }\n'


def picture(path: Path, width: int = 200, height: int = 200, colour: str = "#5B2A86") -> Path:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def brand_file(folder: Path, text: str) -> Path:
    path = folder / "brand.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    with pytest.raises(BrandError) as caught:
        load_brand(path, hotlines=HOTLINES)
    return "\n".join(caught.value.problems)


def test_a_whole_brand_is_read(tmp_path: Path) -> None:
    picture(tmp_path / "logo.png", 300, 120)
    picture(tmp_path / "one.jpg", 1200, 800)
    path = brand_file(
        tmp_path,
        'name = "Образец Плюс"\nhotline = "8-495-123-45-67"\nlogo = "logo.png"\n'
        f'{COLOURS}[[slides]]\nimage = "one.jpg"\n{TITLE}',
    )

    brand = load_brand(path, hotlines=HOTLINES)

    assert (brand.name, brand.hotline) == ("Образец Плюс", "8-495-123-45-67")
    assert brand.logo == tmp_path / "logo.png"
    assert brand.logo_shape == 2.5
    assert brand.colours["brand"] == "#5B2A86"
    assert [slide.title["kk"] for slide in brand.slides] == ["Кезексіз"]


def test_a_logo_may_be_drawn_in_lines(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
        '<rect width="200" height="100" fill="#123456"/></svg>',
        encoding="utf-8",
    )

    assert load_brand(brand_file(tmp_path, 'logo = "logo.svg"')).logo_shape == 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('nmae = "x"', "nmae: Extra inputs are not permitted"),
        ("name = 1", "name: Input should be a valid string"),
        ("name = ", "not valid TOML"),
        (f'name = "{"x" * 25}"', "name: String should have at most 24 characters"),
        ('logo = "none.png"', "none.png: cannot be read: No such file"),
        ('logo = "brand.toml"', "must be one of .png, .svg"),
        (COLOURS.replace("#5B2A86", "purple"), "colours.brand: must be a colour of the form"),
        ('hotline = "8-800-000-00-00"', "not among [hotline] numbers"),
        (
            '[[slides]]\nimage = "x.png"\ntitle = { ru = "Да", en = "Yes" }',
            "slides.0.title.kk: Field required",
        ),
        (
            "".join(f'[[slides]]\nimage = "{n}.png"\n{TITLE}' for n in range(5)),
            "slides: Tuple should have at most 4 items",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    assert named in problems(brand_file(tmp_path, text))


def test_colours_that_do_not_read_are_refused_with_what_they_reach_and_need(tmp_path: Path) -> None:
    path = brand_file(tmp_path, COLOURS.replace("#5B2A86", "#FF8C00"))

    said = problems(path)

    assert "white #FFFFFF on brand #FF8C00 has a contrast of 2.33:1 and needs 7:1" in said


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = f'logo = "none.png"\n{COLOURS.replace("#0B5F46", "#90EE90")}'

    said = problems(brand_file(tmp_path, text)).splitlines()

    assert any("none.png" in line for line in said)
    assert any("white #FFFFFF on action #90EE90" in line for line in said)


def test_a_picture_must_be_what_its_name_says(tmp_path: Path) -> None:
    picture(tmp_path / "one.jpg").rename(tmp_path / "logo.png")

    assert "holds jpeg, not png" in problems(brand_file(tmp_path, 'logo = "logo.png"'))


@pytest.mark.parametrize(
    ("size", "named"),
    [
        ((40, 40), "is 40x40 pixels; each side must have 48 to 4000"),
        ((400, 100), "the header has room for 0.5 to 3 times as wide as high"),
    ],
)
def test_a_logo_must_fit_the_header(tmp_path: Path, size: tuple[int, int], named: str) -> None:
    picture(tmp_path / "logo.png", *size)

    assert named in problems(brand_file(tmp_path, 'logo = "logo.png"'))


def test_a_white_logo_is_refused_for_it_cannot_be_seen(tmp_path: Path) -> None:
    picture(tmp_path / "logo.png", colour="#F8F8F8")

    assert "can hardly be seen" in problems(brand_file(tmp_path, 'logo = "logo.png"'))


def test_a_damaged_or_huge_picture_is_refused(tmp_path: Path) -> None:
    whole = picture(tmp_path / "logo.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "big.png").write_bytes(b"\0" * (LARGEST_FILE + 1))
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")

    assert "is damaged" in problems(brand_file(tmp_path, 'logo = "logo.png"'))
    assert "at most 5000000" in problems(brand_file(tmp_path, 'logo = "big.png"'))
    assert "holds no picture" in problems(brand_file(tmp_path, 'logo = "text.png"'))


def test_a_bad_brand_is_an_alarm_and_the_house_looks_as_ever(tmp_path: Path) -> None:
    path = brand_file(tmp_path, 'logo = "none.png"')

    with capture_logs() as logs:
        brand = brand_at_start(path, hotlines=HOTLINES)

    assert brand == BUILT_IN
    [event] = logs
    assert (event["event"], event["alarm"]) == ("brand_refused", "brand refused")
    assert event["log_level"] == "error"
    assert "none.png" in event["problems"][0]


def test_without_a_brand_nothing_is_said() -> None:
    with capture_logs() as logs:
        assert brand_at_start(None, hotlines=HOTLINES) == BUILT_IN
    assert logs == []
