"""What Slack hands over, cut into the words that a person typed."""

import pytest

from app.core.errors import NotUnderstood
from app.core.tokens import LONGEST_LINE, Token, tokens


def quoted(text: str, **more: object) -> Token:
    return Token(text, is_quoted=True, **more)  # type: ignore[arg-type]


CUT: dict[str, list[Token]] = {
    "": [],
    "  log \t 1h\nfix ": [Token("log"), Token("1h"), Token("fix")],
    # quotes
    '"fix login" now': [quoted("fix login"), Token("now")],
    "“fix login” now": [quoted("fix login"), Token("now")],
    "„fix login“": [quoted("fix login")],
    "„fix login”": [quoted("fix login")],
    "«fix login»": [quoted("fix login")],
    '"fix  \t login"': [quoted("fix login")],
    r'"say \"hi\" \\ there"': [quoted(r'say "hi" \ there')],
    r"“say \“": [Token("“say"), Token(r"\“")],
    '"fix": login': [quoted("fix", ends_name=True), Token("login")],
    '"fix", login': [quoted("fix"), Token(","), Token("login")],
    '"fix"login': [Token('"fix"login')],
    'a"fix"': [Token('a"fix"')],
    '"open': [Token('"open')],
    '""': [quoted("")],
    '"a &amp; b"': [quoted("a & b")],
    # tags
    "#backend": [Token("#backend", tag="backend")],
    "#backend,": [Token("#backend,", tag="backend")],
    "#backend;.!?,": [Token("#backend;.!?,", tag="backend")],
    "#a,#b": [Token("#a,", tag="a"), Token("#b", tag="b")],
    "#12": [Token("#12")],
    "#12a": [Token("#12a", tag="12a")],
    "##heading": [Token("##heading")],
    "#": [Token("#")],
    "#“open": [Token("#“open")],
    "#„open": [Token("#„open")],
    '#"open': [Token('#"open')],
    '#"two words"': [quoted("#two words", tag="two words")],
    '#"two words",': [quoted("#two words", tag="two words")],
    '+"two words" -"x"': [quoted("+two words"), quoted("-x")],
    "issue#7": [Token("issue#7")],
    # names and colons
    "Website: hero": [Token("Website", ends_name=True), Token("hero")],
    ": text": [Token(":"), Token("text")],
    "a:b": [Token("a:b")],
    # what Slack makes of things
    "a &lt;b&gt; &amp; c": [Token("a"), Token("<b>"), Token("&"), Token("c")],
    "<@U0BO|Bo>": [Token("@Bo", mention="U0BO")],
    "<@U0BO>": [Token("@U0BO", mention="U0BO")],
    "<@U0BO>,": [Token("@U0BO,", mention="U0BO")],
    "<@U0BO>'s": [Token("@U0BO's")],
    "<@U0BO|B&amp;o>": [Token("@B&o", mention="U0BO")],
    "<#C1|backend>": [Token("#backend", tag="backend")],
    "<#C1|backend>,": [Token("#backend,", tag="backend")],
    "<#C1|backend>s": [Token("#backends")],
    "<!here>": [Token("@here")],
    "<!channel|@channel>": [Token("@channel")],
    "<!subteam^S1|@devs>!": [Token("@devs!")],
    "<!subteam^S1>": [Token("@subteam")],
    "<https://x.example/a?b=1&amp;c=2>": [Token("https://x.example/a?b=1&c=2")],
    "<https://x.example|the page>": [Token("https://x.example")],
    "<https://x.example>: text": [Token("https://x.example", ends_name=True), Token("text")],
    "<https://x.example>:text": [Token("https://x.example:text")],
    "<mailto:bo@x.example|bo@x.example>": [Token("bo@x.example")],
    "<tel:+49>": [Token("tel:+49")],
    "<not markup>": [Token("not markup")],
    "< b": [Token("<"), Token("b")],
    # nothing that hides
    "f\u200bix\u202e \x00\u2066lo\ufeffgin\x7f\x9f": [Token("fix"), Token("login")],
}


@pytest.mark.parametrize(("line", "cut"), CUT.items())
def test_a_line_is_cut_into_what_a_person_typed(line: str, cut: list[Token]) -> None:
    assert tokens(line) == cut


@pytest.mark.parametrize("line", ["<#C1>", "<#C1|>", "fix <#C1>,"])
def test_a_private_channel_in_place_of_a_tag_says_how_to_write_it(line: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        tokens(line)
    assert refused.value.sentence == (
        'Slack sent a private channel in place of that tag. Write it in quotes: #"backend".'
    )


def test_a_line_has_an_end() -> None:
    assert len(tokens("x" * LONGEST_LINE)) == 1
    with pytest.raises(NotUnderstood) as refused:
        tokens("x" * (LONGEST_LINE + 1))
    assert refused.value.sentence == "That is 4001 characters. A line may have 4000; use the form for more."


@pytest.mark.parametrize(
    ("token", "written"),
    [
        (Token("fix"), "fix"),
        (Token("fix", ends_name=True), "fix:"),
        (quoted("two words"), '"two words"'),
        (quoted("two words", ends_name=True), '"two words":'),
        (quoted("#two words", tag="two words"), "#two words"),
    ],
)
def test_a_word_is_written_as_it_was_typed(token: Token, written: str) -> None:
    assert str(token) == written
