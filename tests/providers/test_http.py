"""What the one HTTP client promises, whatever is at the other end."""

import asyncio
import gc
import gzip
import logging
import socket
import traceback
from collections.abc import AsyncIterator

import pytest

from app.providers.http import Http, Patience, Unanswered, Unsent
from providers.wires import head_of, listening, plain

CANARY = "pk_183_CANARYCANARYCANARY"
HURRIED = Patience(connect=0.15, acquire=0.2, read=0.15, total=0.25, body=1_000)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    client = Http(HURRIED)
    yield client
    await client.aclose()


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_refused_connection_means_that_nothing_was_sent(http: Http) -> None:
    with pytest.raises(Unsent):
        await http.send("POST", f"http://127.0.0.1:{closed_port()}/")


async def test_a_name_that_does_not_exist_means_that_nothing_was_sent(http: Http) -> None:
    with pytest.raises(Unsent):
        await http.send("POST", "http://nowhere.invalid/")


async def test_a_server_without_tls_means_that_nothing_was_sent(http: Http) -> None:
    async with listening(lambda reader, writer: _say(writer, b"hello\r\n")) as url:
        with pytest.raises(Unsent):
            await http.send("POST", url.replace("http:", "https:"))


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1/", "http://[", "http://127.0.0.1:99999/"])
async def test_an_address_that_is_none_means_that_nothing_was_sent(http: Http, url: str) -> None:
    with pytest.raises(Unsent):
        await http.send("GET", url)


async def test_a_connection_that_is_never_accepted_means_that_nothing_was_sent(http: Http) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        with pytest.raises(Unsent):
            await http.send("POST", f"http://127.0.0.1:{full.getsockname()[1]}/")
        for one in waiting:
            one.close()


async def test_a_connection_that_breaks_after_the_request_leaves_it_open(http: Http) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head_of(reader)

    async with listening(hang_up) as url:
        with pytest.raises(Unanswered):
            await http.send("POST", url, json={"a": 1})


async def test_a_reset_after_the_request_leaves_it_open(http: Http) -> None:
    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head_of(reader)
        writer.transport.abort()

    async with listening(reset) as url:
        with pytest.raises(Unanswered):
            await http.send("POST", url, json={"a": 1})


async def test_silence_leaves_it_open(http: Http) -> None:
    async def sulk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with listening(sulk) as url:
        with pytest.raises(Unanswered):
            await http.send("POST", url)


async def test_a_body_that_drips_for_ever_ends_with_the_whole_time(http: Http) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        while not writer.is_closing():
            await _say(writer, b" ")
            await asyncio.sleep(0.05)

    async with listening(drip) as url:
        with pytest.raises(Unanswered):
            await http.send("GET", url)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"SMTP ready\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone",
        plain("x" * 2_000),
        b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n",
    ],
    ids=["half", "no http", "no gzip", "too large", "no length"],
)
async def test_an_answer_that_cannot_be_read_leaves_it_open(http: Http, answer: bytes) -> None:
    async with listening(lambda reader, writer: _answer(reader, writer, answer)) as url:
        with pytest.raises(Unanswered):
            await http.send("POST", url)


async def test_a_small_body_that_unpacks_to_a_huge_one_is_not_read(http: Http) -> None:
    bomb = gzip.compress(b" " * 1_000_000)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    async with listening(lambda reader, writer: _answer(reader, writer, head + bomb)) as url:
        with pytest.raises(Unanswered):
            await http.send("GET", url)


async def test_a_redirect_is_an_answer_and_the_token_goes_nowhere_else(http: Http) -> None:
    heard: list[str] = []

    async def stranger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head_of(reader))

    async with listening(stranger) as elsewhere:
        moved = plain(status="302 Found", headers=f"Location: {elsewhere}/\r\n")
        async with listening(lambda reader, writer: _answer(reader, writer, moved)) as url:
            answer = await http.send("GET", url, headers={"Authorization": CANARY})
    assert (answer.status, heard) == (302, [])


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "GET"])
async def test_nothing_is_sent_twice_when_a_kept_connection_breaks(http: Http, method: str) -> None:
    heard: list[str] = []

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head_of(reader))
        await _say(writer, plain())
        heard.append(await head_of(reader))

    async with listening(once) as url:
        await http.send(method, url)
        with pytest.raises(Unanswered):
            await http.send(method, url)
    assert len(heard) == 2


async def test_a_connection_is_used_again(http: Http) -> None:
    connections = 0

    async def polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await head_of(reader)
            await _say(writer, plain())

    async with listening(polite) as url:
        for _ in range(5):
            await http.send("GET", url)
    assert connections == 1


async def test_a_cookie_given_to_one_token_is_not_shown_with_the_next(http: Http) -> None:
    heard: list[str] = []

    async def baker(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heard.append(await head_of(reader))
            await _say(writer, plain(headers="Set-Cookie: session=ada; Path=/\r\n"))

    async with listening(baker) as url:
        await http.send("GET", url.replace("127.0.0.1", "localhost"))
        await http.send("GET", url.replace("127.0.0.1", "localhost"))
    assert len(heard) == 2
    assert not any("cookie" in head.lower() for head in heard)


async def test_a_body_is_json_and_the_answer_is_text_with_lower_case_headers(http: Http) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await head_of(reader)
            length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
            body = (await reader.readexactly(length)).decode()
            await _say(writer, plain(body, headers="X-RateLimit-Remaining: 7\r\n"))

    async with listening(echo) as url:
        answer = await http.send("DELETE", url, json={"name": "Prüfung"})
        assert (answer.text, answer.headers["x-ratelimit-remaining"]) == ('{"name":"Prüfung"}', "7")
        assert await http.post_json(url, {}) == 200


async def test_parameters_may_repeat(http: Http) -> None:
    heard: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head_of(reader))
        await _say(writer, plain())

    async with listening(listen) as url:
        await http.send("GET", f"{url}/a%2Fb", params={"assignees[]": ["1", "2"], "page": 0})
    assert heard[0].startswith("GET /a%2Fb?assignees%5B%5D=1&assignees%5B%5D=2&page=0 HTTP/1.1")


@pytest.mark.parametrize("value", ["tok\r\nX-Evil: 1", "tok\u00e9\u4e2d", "tok\x00"])
async def test_a_header_that_cannot_be_sent_is_not_sent(http: Http, value: str) -> None:
    heard: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await head_of(reader))

    async with listening(listen) as url:
        with pytest.raises(Unsent):
            await http.send("GET", url, headers={"Authorization": value})
    assert heard == []


async def test_a_closed_client_sends_nothing() -> None:
    http = Http(HURRIED)
    async with listening(lambda reader, writer: _answer(reader, writer, plain())) as url:
        await http.send("GET", url)
        await http.aclose()
        with pytest.raises(Unsent):
            await http.send("GET", url)


async def test_what_is_given_up_leaves_no_connection_behind(http: Http) -> None:
    """An unclosed connection would warn when it is collected, and warnings are errors."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head_of(reader)
        await _say(writer, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await reader.read()

    async def sulk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    for behaviour in (drip, sulk):
        async with listening(behaviour) as url:
            tasks = [asyncio.create_task(http.send("POST", url, json={"a": 1})) for _ in range(5)]
            await asyncio.sleep(0.05)
            for task in tasks[:3]:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in outcomes] == [asyncio.CancelledError] * 3 + [Unanswered] * 2
        gc.collect()
    session = http._pool.client
    assert not session.connector._acquired  # type: ignore[union-attr]


async def test_the_token_and_the_address_are_in_no_error_and_no_log(
    http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", b""]
    for answer in answers:
        async with listening(lambda reader, writer, answer=answer: _answer(reader, writer, answer)) as url:
            with pytest.raises(Unanswered) as caught:
                await http.send("POST", f"{url}/{CANARY}", headers={"Authorization": CANARY}, json={"text": CANARY})
        assert caught.value.__context__ is None
        assert CANARY not in "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    async with listening(lambda reader, writer: _answer(reader, writer, plain())) as url:
        await http.send("POST", f"{url}/{CANARY}", headers={"Authorization": CANARY}, json={"text": CANARY})
    assert CANARY not in caplog.text
    assert CANARY not in repr(http)


async def test_a_clock_that_is_wrong_is_named_in_the_log(http: Http, caplog: pytest.LogCaptureFixture) -> None:
    dated = plain(headers="Date: Wed, 04 Mar 2020 12:00:00 GMT\r\n")
    async with listening(lambda reader, writer: _answer(reader, writer, dated)) as url:
        await http.send("GET", url)
    [record] = caplog.records
    assert "s ahead of 127.0.0.1's" in record.getMessage()


async def _say(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: bytes) -> None:
    await head_of(reader)
    await _say(writer, answer)
