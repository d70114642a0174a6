"""Tags that come and tags that go, however their signs are written."""

import pytest

from app.core.errors import NotUnderstood
from app.core.tag_changes import tag_changes
from app.core.tokens import tokens


@pytest.mark.parametrize(
    ("typed", "sign", "changes"),
    [
        ("+design", "", (("design",), ())),
        ("-draft", "", ((), ("draft",))),
        ("+design -draft +api", "", (("design", "api"), ("draft",))),
        ("+design, -draft,", "", (("design",), ("draft",))),
        ("+a +a -b -b", "", (("a",), ("b",))),
        ("–draft —old −last", "", ((), ("draft", "old", "last"))),
        ("+#design -#draft", "", (("design",), ("draft",))),
        ("#design", "", (("design",), ())),
        ('+"two words"', "", (("two words",), ())),
        ('#"-odd"', "", (("-odd",), ())),
        ("++c", "", (("c",), ())),
        ("draft", "-", ((), ("draft",))),
        ("#draft -old", "-", ((), ("draft", "old"))),
        ("draft,", "-", ((), ("draft",))),
    ],
)
def test_signs_say_what_comes_and_what_goes(typed: str, sign: str, changes: tuple[tuple[str, ...], ...]) -> None:
    assert tag_changes(tokens(typed), bare_sign=sign) == changes


@pytest.mark.parametrize(
    ("typed", "sign", "sentence"),
    [
        ("", "", "Which tags? Write +design to add one or -draft to take it off."),
        ("design", "", "Write tag +design to add a tag or tag -design to take it off."),
        ("api", "", "Write tag +api to add a tag or tag -api to take it off."),
        ("+", "", "Write tag +design to add a tag or tag -design to take it off."),
        ("+a -", "", "Write tag +design to add a tag or tag -design to take it off."),
        ("#+design", "", "Write tag +design to add a tag or tag -design to take it off."),
        ("#-design", "", "Write tag +design to add a tag or tag -design to take it off."),
        ("+draft", "-", "Write tag +draft to add a tag or tag -draft to take it off."),
    ],
)
def test_what_has_no_sign_or_the_wrong_one_is_asked_about(typed: str, sign: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        tag_changes(tokens(typed), bare_sign=sign)
    assert (refused.value.sentence, refused.value.field) == (sentence, "tags")
