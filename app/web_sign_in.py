"""The pages that somebody sees who comes back from ClickUp's own page: connected, not connected, or a question."""

from collections.abc import Awaitable, Callable
from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.core.browser_sign_in import BrowserSignIn, Question
from app.core.connecting import Connected
from app.core.errors import NotReached, TimerError
from app.slack.answers import bug
from app.slack.messages import plain

SIGN_IN_PATH = "/oauth/clickup"
MOST_BYTES = 10_000

# Nothing of a sign-in is kept by a browser, shown in another site's frame, or told to the next site.
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
}
_STYLE = """
  body { font: 16px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #f8f8f8; margin: 0; }
  main { max-width: 30rem; margin: 12vh auto; padding: 2rem 2.25rem; background: #fff; border: 1px solid #ddd;
         border-radius: 10px; }
  h1 { font-size: 1.3rem; margin: 0 0 .75rem; } p { margin: .5rem 0; } .quiet { color: #616061; font-size: .9rem; }
  label { display: block; margin: .35rem 0; } fieldset { border: 0; padding: 0; margin: 1rem 0; }
  legend { font-weight: 600; padding: 0; }
  button { font: inherit; font-weight: 600; color: #fff; background: #1d4a3a; border: 0; border-radius: 6px;
           padding: .55rem 1.1rem; margin-top: .75rem; cursor: pointer; }
  @media (prefers-color-scheme: dark) { body { background: #1a1d21; color: #d1d2d3; }
    main { background: #222529; border-color: #3b3e43; } .quiet { color: #ababad; } button { background: #2f7d60; } }
"""

_DIFFERS = (
    "<p><b>That is not the same address.</b> A name in Slack is whatever somebody chose: connect only if it was you"
    " who began this there.</p>"
)

Tell = Callable[[Connected], Awaitable[None]]


def sign_in_routes(browser: BrowserSignIn, tell: Tell) -> list[Route]:
    """`tell` says it to the person in Slack as well."""

    async def come_back(request: Request) -> Response:
        state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        return await _page(browser.arrive(state, code))

    async def answer(request: Request) -> Response:
        if int(request.headers.get("content-length") or MOST_BYTES + 1) > MOST_BYTES:
            return _plain("Not connected", "That is not an answer to the question here.", 413)
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        return await _page(browser.answer(form.get("ticket", ""), form.get("workspace", "")))

    async def _page(outcome: Awaitable[Connected | Question]) -> Response:
        try:
            found = await outcome
        except TimerError as error:
            return _plain("Not connected", plain(error.sentence), 503 if isinstance(error, NotReached) else 400)
        except Exception as error:
            return _plain("Not connected", bug(error).text, 500)
        if isinstance(found, Question):
            return _question(found)
        await tell(found)
        return _plain(
            "You are connected",
            f"You are {found.member.name}, {found.account.role} of {found.workspace.name} in ClickUp."
            " You can close this window; Slack says the same.",
            200,
        )

    return [
        Route(SIGN_IN_PATH, come_back, methods=["GET"]),
        Route(SIGN_IN_PATH, answer, methods=["POST"]),
    ]


def _question(question: Question) -> Response:
    who, own = escape(question.person.name or "the person who began this in Slack"), escape(question.email)
    choices = "".join(
        f'<label><input type="radio" name="workspace" value="{escape(one.id)}" required'
        f"{' checked' if len(question.workspaces) == 1 else ''}> {escape(one.name)}</label>"
        for one in question.workspaces
    )
    whose = f"<b>{who}</b> ({own or 'without an e-mail address'})"
    differs = "" if own.casefold() == escape(question.member.email).casefold() else _DIFFERS
    return _html(
        f"Connect {who}?",
        f"<p>You signed in to ClickUp as <b>{escape(question.member.name)}</b>"
        f" ({escape(question.member.email)}). From now on {whose} in Slack tracks time with this sign-in.</p>{differs}"
        '<form method="post"><input type="hidden" name="ticket" value="' + escape(question.ticket) + '">'
        f"<fieldset><legend>Workspace</legend>{choices}</fieldset><button>Connect {who}</button></form>"
        f'<p class="quiet">Somebody sent you here, and you are not {who}? Close this window, and nothing is connected.</p>',
        200,
    )


def _plain(title: str, text: str, status: int) -> Response:
    return _html(escape(title), f"<p>{escape(text)}</p>", status)


def _html(title: str, body: str, status: int) -> Response:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(page, status, headers=_HEADERS)
