"""The form about reminders, field by field, and what is said to whom nothing is known of or who isn't connected."""

from collections.abc import AsyncIterator

import pytest

from app.core.rhythm import USUAL, Rhythm
from tests.person import Person
from tests.stage import Stage, raised


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with raised(provider="clockify") as raised_stage:
        yield raised_stage


async def rhythm(stage: Stage, name: str = "Ada") -> Rhythm:
    person = await stage.app.store.person("T0SANDBOX", f"U0{name.upper()}")
    assert person
    return person.rhythm


async def opened(stage: Stage) -> Person:
    ada = await stage.person("Ada")
    await ada.types("/timer remind")
    return ada


async def test_saved_as_it_was_opened_nothing_changes(stage: Stage) -> None:
    ada = await opened(stage)
    assert await ada.submits() == {}
    [said] = await ada.reads()
    assert "[Change]" in str(said)
    assert "[Put back]" not in str(said)
    assert await rhythm(stage) == USUAL


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"Hours of such a day": "25h"},
            {"Hours of such a day": "A day has 24 h, not 25. It is the hours of one day: write 8h or 7h30."},
        ),
        (
            {"Hours of such a day": "0h"},
            {
                "Hours of such a day": "A working day has more than nothing: write 8h. For a weekday without work write “fri off”."
            },
        ),
        (
            {"Hours of such a day": "soon"},
            {"Hours of such a day": "“soon” is no number of hours. Write 8h, 7h30 or 7.5h."},
        ),
        (
            {"Hours that differ": "friday four"},
            {
                "Hours that differ": "I can't read “friday four”. Write weekdays and their hours: fri 4h, wed 6h, or fri off."
            },
        ),
        (
            {"Hours that differ": "fri"},
            {"Hours that differ": "I can't read “fri”. Write weekdays and their hours: fri 4h, wed 6h, or fri off."},
        ),
        (
            {"Hours that differ": "mon-fri off"},
            {"Days on which you work": "Then no day is left on which you work. To be asked on none, write “off”."},
        ),
        (
            {"Hours that differ": "sat 4h"},
            {"Hours that differ": "Saturday has hours here and no tick above. Which of the two?"},
        ),
        ({"Silent until": "2026-03-04"}, {"Silent until": "Then you are asked today. Pick a later day, or none."}),
        ({"to": "2026-03-12"}, {"New leave from": "From which day on?"}),
        ({"New leave from": "2026-03-12", "to": "2026-03-11"}, {"to": "That is before Thu 12 Mar."}),
        ({"New leave from": "2026-03-02"}, {"New leave from": "That is over."}),
    ],
)
async def test_what_cannot_be_read_is_said_at_its_field(
    stage: Stage, typed: dict[str, str], errors: dict[str, str]
) -> None:
    ada = await opened(stage)
    for label, text in typed.items():
        await ada.fills(label, text)
    assert await ada.submits() == errors
    assert ada.modal
    assert await rhythm(stage) == USUAL


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("fri: 4h", "Target 8 h, Fri 4 h"),
        ("fri 4; wed: 6", "Target 8 h, Wed 6 h, Fri 4 h"),
        ("fri 4, thu 6.5 and wed 5:30", "Target 8 h, Wed 5 h 30, Thu 6 h 30, Fri 4 h"),
        ("Fridays – 4 h 30", "Target 8 h, Fri 4 h 30"),
        ("mon-wed 6h fri 8h", "Target 8 h, Mon–Wed 6 h"),
    ],
)
async def test_hours_that_differ_are_read_as_people_write_them(stage: Stage, typed: str, hours: str) -> None:
    ada = await opened(stage)
    await ada.fills("Hours that differ", typed)
    assert await ada.submits() == {}
    [said] = await ada.reads()
    assert f"{hours}  ·" in str(said)


async def test_a_weekday_that_is_off_in_words_is_off_though_it_is_ticked(stage: Stage) -> None:
    ada = await opened(stage)
    await ada.fills("Hours that differ", "fri off")
    assert await ada.submits() == {}
    [said] = await ada.reads()
    assert "at 16:45 on Mon–Thu" in str(said)


async def test_a_bare_number_of_a_day_is_hours(stage: Stage) -> None:
    ada = await opened(stage)
    await ada.fills("Hours of such a day", "7")
    assert await ada.submits() == {}
    [said] = await ada.reads()
    assert "Target 7 h" in str(said)


async def test_everything_can_be_said_in_the_form(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer remind leave 24 dec - 2 jan leave 10 mar")
    ada = await opened(stage)
    await ada.picks("Reminders")
    await ada.fills("At", "18:15")
    await ada.picks("Days on which you work", "Sunday", "Monday", "Tuesday")
    await ada.fills("Hours of such a day", "6h30")
    await ada.fills("Hours that differ", "sun 3h")
    await ada.fills("By then you have usually stopped", "19:00")
    await ada.fills("Silent until", "2026-03-09")
    await ada.picks("Leave", "Tue 10 Mar")
    await ada.fills("New leave from", "2026-03-16")
    await ada.picks("Half days", "Only half of each of these days")
    assert await ada.submits() == {}
    [said] = await ada.reads()
    assert str(said).splitlines() == [
        "🔕  I won't ask you about your days any more. Kept for when you do want it: 18:15 on Sun–Tue.",
        "Target 6 h 30, Sun 3 h  ·  usually done by 19:00",
        "Leave: Tue 10 Mar; Mon 16 Mar, half",
        "[Change] [Put back]",
    ]
    [said] = await ada.types("/timer remind on snooze until mon")
    assert "Silent until Mon 9 Mar" in str(said)
    [said] = await ada.types("/timer remind snooze none")
    assert "Next: Sun 8 Mar, 18:15" in str(said)


async def test_who_is_silent_for_longer_than_a_year_is_told_so(stage: Stage) -> None:
    ada = await opened(stage)
    await ada.fills("Silent until", "2027-12-01")
    await ada.submits()
    [said] = await ada.reads()
    assert "You won't be asked within the next year." in str(said)


async def test_what_was_put_back_is_all_as_before(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer remind off")
    await ada.types("/timer remind 17:30 sun-thu target 6h mon 4h leave 10 mar half")
    before = await rhythm(stage)
    await ada.types("/timer remind usual on leave none")
    await ada.clicks("Put back")
    assert await rhythm(stage) == before


async def test_everybody_has_a_rhythm_of_their_own(stage: Stage) -> None:
    await (await stage.person("Ada")).types("/timer remind 17:30")
    assert await rhythm(stage, "Bo") == USUAL


async def test_who_is_not_connected_is_told_so_and_it_is_kept(stage: Stage) -> None:
    cy = await stage.person("Cy")
    [said] = await cy.types("/timer remind 17:30")
    assert str(said).splitlines() == [
        "🔕  You aren't connected yet, so there is nothing to ask about: /timer connect. Kept until then: 17:30 on Mon–Fri.",
        "Target 8 h  ·  usually done by 18:00",
        "[Connect] [Change] [Put back]",
    ]
    assert (await rhythm(stage, "Cy")).at.hour == 17


async def test_the_button_opens_the_form(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await ada.types("/timer remind 17:30")
    await ada.clicks("Change")
    assert "At: [17:30]" in (ada.modal or "")
