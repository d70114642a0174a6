"""What names a task by itself, and what is only a word."""

import pytest

from app.core.task_ids import is_task_id

IDS = (
    "DEV-12", "A1-0", "X_Y2-123456", "86c7mc19h", "8a7b6c5d", "1a23456", "CU-86c7mc19h", "64a687e29ae1f428e7ebe305",
    "a64a687e29ae1f428e7ebe30", "id:7", "id:a/b", "https://x.example/t/1", "http://x",
)  # fmt: skip
WORDS = (
    "", "dev-12", "DEV-", "-12", "DEV12", "DEV-12a", "1DEV-12", "DEV_-", "12345678", "abcdefgh", "1abcdefgh", "8ab", "1a2345",
    "86c7mc19h0", "86C7MC19H", "id:", "id:a b", "id:a:b", "https://", "ftp://x", "https://x y", "64a687e29ae1f428e7ebe3050",
    "64a687e29ae1f428e7ebe30", "abcdefabcdefabcdefabcdef", "64g687e29ae1f428e7ebe305", "see DEV-12", "DEV-12 ",
)  # fmt: skip


@pytest.mark.parametrize("text", IDS)
def test_an_id_or_link_names_a_task(text: str) -> None:
    assert is_task_id(text) is True


@pytest.mark.parametrize("text", WORDS)
def test_a_word_names_none(text: str) -> None:
    assert is_task_id(text) is False
