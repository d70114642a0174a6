"""Writing time entries: keys, what is demanded, who may, and what an invoice locks."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hoursmith_desk import ADA, BO, ENTRIES, ENTRY

from app.sandbox.hoursmith import TOKENS


@pytest.fixture
def count(organisation):
    before = len(organisation.entries)
    return lambda: len(organisation.entries) - before


async def test_an_entry_belongs_to_the_tokens_owner_and_is_billable_unless_it_is_said(bo, organisation):
    made = await bo("POST", ENTRIES, ENTRY | {"note": "Hero", "taskId": "ta_design"})
    assert made.status == 201
    assert made.data | {"id": "", "createdAt": "", "updatedAt": ""} == {
        "id": "",
        "orgId": "or_acme",
        "userId": BO,
        "projectId": "pr_website",
        "taskId": "ta_design",
        "invoiceId": None,
        "durationSeconds": 5400,
        "billable": True,
        "note": "Hero",
        "entryDate": "2026-11-20",
        "startedAt": None,
        "stoppedAt": None,
        "createdAt": "",
        "updatedAt": "",
        "deletedAt": None,
    }
    assert made.data["createdAt"] == "2026-11-20T14:03:00.250Z"
    assert (await bo("GET", f"{ENTRIES}/{made.data['id']}")).data == made.data
    organisation.choices.created_status = 200
    assert (await bo("POST", ENTRIES, ENTRY)).status == 200
    assert organisation.complaints == []


@pytest.mark.parametrize(
    ("text", "seconds"), [("1h30m", 5400), ("1:30", 5400), ("90m", 5400), ("1.5h", 5400), ("2h", 7200)]
)
async def test_a_duration_may_be_words_and_seconds_win(ada, text, seconds):
    words = {name: value for name, value in ENTRY.items() if name != "durationSeconds"} | {"duration": text}
    assert (await ada("POST", ENTRIES, words)).data["durationSeconds"] == seconds
    assert (await ada("POST", ENTRIES, words | {"durationSeconds": 60})).data["durationSeconds"] == 60


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"projectId": None}, {"projectId"}),
        ({"projectId": ""}, {"projectId"}),
        ({"entryDate": "20.11.2026"}, {"entryDate"}),
        ({"entryDate": "2026-02-30"}, {"entryDate"}),
        ({"entryDate": "2026-11-20T10:00:00Z"}, {"entryDate"}),
        ({"durationSeconds": 0}, {"durationSeconds"}),
        ({"durationSeconds": 1.5}, {"durationSeconds"}),
        ({"durationSeconds": True}, {"durationSeconds"}),
        ({"duration": "soon"}, {"duration"}),
        ({"billable": "yes"}, {"billable"}),
        ({"note": 7}, {"note"}),
        ({"projectId": "pr_old-site"}, {"projectId"}),
        ({"taskId": "ta_fix-login"}, {"taskId"}),
        ({"entryDate": 7, "note": 7}, {"entryDate", "note"}),
    ],
)
async def test_a_bad_entry_is_told_every_field_that_is_bad(ada, count, change, fields):
    reply = await ada("POST", ENTRIES, ENTRY | change)
    assert (reply.refusal, reply.fields, count()) == ((422, "validation_error"), fields, 0)


@pytest.mark.parametrize("missing", ["projectId", "entryDate", "durationSeconds"])
async def test_what_the_document_demands_is_demanded_of_new_and_of_changed_entries(ada, organisation, missing):
    lacking = {name: value for name, value in ENTRY.items() if name != missing}
    assert (await ada("POST", ENTRIES, lacking)).fields == {missing}
    made = (await ada("POST", ENTRIES, ENTRY)).data["id"]
    assert (await ada("PATCH", f"{ENTRIES}/{made}", lacking)).fields == {missing}
    organisation.choices.patch = "partial"
    assert (await ada("PATCH", f"{ENTRIES}/{made}", {"note": "x"})).data["note"] == "x"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"7"])
async def test_what_is_no_json_object_is_malformed(ada, raw):
    assert (await ada("POST", ENTRIES, raw=raw)).refusal == (400, "bad_request")


async def test_what_members_do_not_see_is_not_there_for_them(ada, bo, organisation):
    assert (await bo("POST", ENTRIES, ENTRY | {"projectId": "pr_ops"})).refusal == (404, "not_found")
    assert (await bo("POST", ENTRIES, ENTRY | {"taskId": "ta_dark-mode"})).refusal == (404, "not_found")
    adas = (await ada("POST", ENTRIES, ENTRY)).data["id"]
    for method in ("GET", "PATCH", "DELETE"):
        reply = await bo(method, f"{ENTRIES}/{adas}", ENTRY if method == "PATCH" else None)
        assert reply.refusal == (404, "not_found")


async def test_a_post_without_a_key_is_invalid(ada, count):
    for key in ("", "x" * 256):
        reply = await ada("POST", ENTRIES, ENTRY, key=key)
        assert (reply.refusal, reply.fields) == ((422, "validation_error"), {"Idempotency-Key"})
    assert count() == 0


async def test_the_same_key_and_body_get_the_first_answer_again(ada, count, watch):
    first = await ada("POST", ENTRIES, ENTRY, key="k1")
    watch.pass_by(hours=23)
    again = await ada("POST", ENTRIES, ENTRY, key="k1")
    assert (again.status, again.raw, again.headers["idempotent-replayed"]) == (201, first.raw, "true")
    assert "idempotent-replayed" not in first.headers
    assert count() == 1


async def test_the_same_key_and_another_body_conflict(ada, count):
    await ada("POST", ENTRIES, ENTRY, key="k1")
    reply = await ada("POST", ENTRIES, ENTRY | {"durationSeconds": 60}, key="k1")
    assert (reply.refusal, count()) == ((409, "conflict"), 1)
    respaced = json.dumps(ENTRY, indent=1).encode()
    assert (await ada("POST", ENTRIES, raw=respaced, key="k1")).status == 409


async def test_a_key_is_forgotten_after_a_day_and_belongs_to_its_token(ada, bo, count, watch):
    await ada("POST", ENTRIES, ENTRY, key="k1")
    assert "idempotent-replayed" not in (await bo("POST", ENTRIES, ENTRY, key="k1")).headers
    watch.pass_by(hours=24)
    assert "idempotent-replayed" not in (await ada("POST", ENTRIES, ENTRY, key="k1")).headers
    assert count() == 3


async def test_whether_a_refusal_is_remembered_is_a_choice(ada, organisation):
    bad = ENTRY | {"projectId": "pr_old-site"}
    for remembered, status in (("everything", 422), ("successes", 201)):
        organisation.choices.remembered = remembered
        organisation.projects["pr_old-site"].status = "ARCHIVED"
        assert (await ada("POST", ENTRIES, bad, key=remembered)).status == 422
        organisation.projects["pr_old-site"].status = "ACTIVE"
        assert (await ada("POST", ENTRIES, bad, key=remembered)).status == status


async def test_limits_plans_and_dead_tokens_use_up_no_key(ada, organisation):
    organisation.plan = "free"
    assert (await ada("POST", ENTRIES, ENTRY, key="k1")).status == 402
    organisation.plan = "studio"
    assert (await ada("POST", ENTRIES, ENTRY, key="k1")).status == 201


async def test_a_change_is_read_back(ada, watch):
    made = (await ada("POST", ENTRIES, ENTRY | {"taskId": "ta_design", "note": "x"})).data
    watch.pass_by(minutes=1)
    change = ENTRY | {"entryDate": "2026-11-19", "durationSeconds": 60, "billable": False, "note": None}
    changed = (await ada("PATCH", f"{ENTRIES}/{made['id']}", change)).data
    assert changed == made | change | {"updatedAt": "2026-11-20T14:04:00.250Z"}
    moved = (await ada("PATCH", f"{ENTRIES}/{made['id']}", ENTRY | {"projectId": "pr_ops"})).data
    assert (moved["projectId"], moved["taskId"]) == ("pr_ops", None)


async def test_admins_reassign_and_members_do_not(ada, bo):
    made = (await ada("POST", ENTRIES, ENTRY)).data["id"]
    assert (await ada("PATCH", f"{ENTRIES}/{made}", ENTRY | {"userId": BO})).data["userId"] == BO
    assert (await bo("PATCH", f"{ENTRIES}/{made}", ENTRY | {"userId": BO})).status == 200
    assert (await bo("PATCH", f"{ENTRIES}/{made}", ENTRY | {"userId": ADA})).refusal == (403, "forbidden_scope")
    assert (await ada("PATCH", f"{ENTRIES}/{made}", ENTRY | {"userId": "us_x"})).fields == {"userId"}


async def test_a_new_entry_names_nobody_else(ada, organisation):
    assert (await ada("POST", ENTRIES, ENTRY | {"userId": BO})).data["userId"] == ADA
    assert organisation.complaints == ["POST /time-entries was sent 'userId', which Hoursmith does not know."]


@pytest.mark.parametrize("deleted", ["entry", "nothing"])
async def test_what_was_deleted_is_gone(ada, organisation, deleted):
    organisation.choices.deleted = deleted
    made = (await ada("POST", ENTRIES, ENTRY)).data["id"]
    reply = await ada("DELETE", f"{ENTRIES}/{made}")
    assert (reply.status, reply.raw) == (204, b"") if deleted == "nothing" else reply.data["deletedAt"]
    for method in ("GET", "DELETE"):
        assert (await ada(method, f"{ENTRIES}/{made}")).refusal == (404, "not_found")


async def test_an_invoiced_entry_is_locked_for_everybody(ada, bo, organisation):
    made = (await bo("POST", ENTRIES, ENTRY)).data["id"]
    organisation.lock(made)
    assert (await bo("GET", f"{ENTRIES}/{made}")).data["invoiceId"] == "in_0042"
    for person in (ada, bo):
        assert (await person("PATCH", f"{ENTRIES}/{made}", ENTRY)).refusal == (409, "conflict")
        assert (await person("DELETE", f"{ENTRIES}/{made}")).refusal == (409, "conflict")
    organisation.lock(made, is_locked=False)
    assert (await bo("DELETE", f"{ENTRIES}/{made}")).status == 200


async def test_what_runs_was_started_in_the_app_and_can_only_be_looked_at(ada, organisation, watch):
    assert (await ada("GET", f"{ENTRIES}/running")).data is None
    started = watch.now - timedelta(minutes=5)
    running = organisation.record(
        user_id=ADA, project_id="pr_ops", day=watch.now.date(), seconds=0, started=started, source="app"
    )
    assert (await ada("GET", f"{ENTRIES}/running")).data["id"] == running.id
    assert (await ada("POST", f"{ENTRIES}/running", ENTRY)).status == 404


async def test_three_people_have_had_a_believable_week(ada, organisation):
    entries = organisation.entries.values()
    assert {entry.user_id for entry in entries} == {"us_ada", "us_bo", "us_cy"}
    assert all(entry.started is None or entry.started < entry.stopped for entry in entries)
    assert {entry.started is None for entry in entries} == {True, False}
    assert TOKENS.keys() == {"Ada", "Bo", "Cy", "Di"}
