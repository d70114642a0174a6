"""Every statement of the store, once, in SQL that all engines share; people's data is asked for by Slack workspace."""

PERSON = """
    select person.*, rhythm.rhythm from person left join rhythm using (slack_team, slack_user)
    where slack_team = :team and slack_user = :user
"""

REMEMBER_PERSON = """
    insert into person (slack_team, slack_user, zone, name) values (:team, :user, :zone, :name)
    on conflict (slack_team, slack_user) do update set zone = excluded.zone, name = excluded.name
"""

ACCOUNT = """
    select * from account where slack_team = :team and slack_user = :user
    order by updated_at desc, provider limit 1
"""

ACCOUNT_OF = """
    select * from account where slack_team = :team
    and provider = :provider and workspace_id = :workspace and user_id = :user_id
"""

ACCOUNTS = """
    select * from account where slack_team = :team or cast(:team as text) is null
    order by slack_team, slack_user, provider
"""

PROVIDERS_OF = "select provider from account where slack_team = :team and slack_user = :user order by provider"

# Task time is kept for ClickUp's own users, so the provider's name does not count.
IS_SOMEBODY_ELSE = """
    select slack_user from account where slack_team = :team and slack_user <> :user
    and workspace_id = :workspace and user_id = :user_id limit 1
"""

# When they were linked says which account is in use, so that stays.
KEEP_STANDING = """
    update account set role = :role, assignee_permission = :permission, has_left = :has_left, checked_at = :checked_at
    where slack_team = :team and slack_user = :user and provider = :provider
    and workspace_id = :workspace and user_id = :user_id
"""

NARROWED = "select 1 as yes from narrowed where slack_team = :team and slack_user = :user and provider = :provider"

NARROW = """
    insert into narrowed (slack_team, slack_user, provider) values (:team, :user, :provider)
    on conflict (slack_team, slack_user, provider) do nothing
"""

WIDEN = "delete from narrowed where slack_team = :team and slack_user = :user and provider = :provider"

# A credential outlives a relink only while it stays the same user of the same workspace.
LINK = """
    insert into account (slack_team, slack_user, provider, workspace_id, user_id, role, assignee_permission,
                         region, sealed, sealed_with, created_at, updated_at)
    values (:team, :user, :provider, :workspace, :user_id, :role, :permission,
            :region, :sealed, :sealed_with, :now, :now)
    on conflict (slack_team, slack_user, provider) do update
    set workspace_id = excluded.workspace_id, user_id = excluded.user_id,
        role = excluded.role, assignee_permission = excluded.assignee_permission,
        region = excluded.region, updated_at = excluded.updated_at, has_left = 0, checked_at = '', plan_at = '0',
        sealed = case when excluded.sealed is null and account.workspace_id = excluded.workspace_id
                 and account.user_id = excluded.user_id then account.sealed else excluded.sealed end,
        sealed_with = case when excluded.sealed is null and account.workspace_id = excluded.workspace_id
                      and account.user_id = excluded.user_id then account.sealed_with else excluded.sealed_with end
"""

UNLINK = """
    delete from account where slack_team = :team and slack_user = :user and provider = :provider
    returning provider
"""

DISCONNECT = "delete from account where slack_team = :team and slack_user = :user returning provider"

FORGET_ALL_RECENT = "delete from recent_task where slack_team = :team and slack_user = :user"

# Held timers and the journal are people's hours: they outlive the account and wait for it to come back, for a month.
FORGET_TEAM = (
    "delete from account where slack_team = :team",
    "delete from visit where slack_team = :team",
    "delete from recent_task where slack_team = :team",
    "delete from person where slack_team = :team",
    "delete from presence where slack_team = :team",
    "delete from reminder where slack_team = :team",
    "delete from pace where slack_team = :team",
    "delete from roll where slack_team = :team",
)

DEPART = """
    insert into departed (slack_team, left_at) values (:team, :now)
    on conflict (slack_team) do update set left_at = excluded.left_at
"""

COME_BACK = "delete from departed where slack_team = :team"

EXPECT = """
    insert into visit (name, slack_team, slack_user, provider, ends_at, sealed, sealed_with)
    values (:name, :team, :user, :provider, :ends_at, :sealed, :sealed_with)
"""

PRUNE_VISITS = "delete from visit where ends_at <= :now"

CLAIM = "delete from visit where name = :name returning *"

FORGET_VISITS = "delete from visit where slack_team = :team and slack_user = :user"

CREDENTIALS = "select slack_team, slack_user, provider, sealed, sealed_with from account where sealed is not null"

RESEAL = """
    update account set sealed = :sealed, sealed_with = :sealed_with
    where slack_team = :team and slack_user = :user and provider = :provider and sealed = :before
    returning provider
"""

ACCOUNT_AT = """
    select * from account where slack_team = :team and slack_user = :user
    and provider = :provider and workspace_id = :workspace
"""

# Claims the id: new, or refused or dropped and therefore free to be sent once more.
BEGIN = """
    insert into operation (id, slack_team, slack_user, done_by, provider, workspace_id, act, kind, intent, state, reason,
                           accepted_at, sent_at, due_at, lease, leased_until, tries, is_put_off, is_told,
                           keys_spent, zone, user_id, about, was_unsure, looks)
    values (:id, :team, :user, :by, :provider, :workspace, :act, :kind, :intent, :state, '',
            :accepted_at, :sent_at, :due_at, :lease, :until, :tries, :is_put_off, 0, 0, :zone, :user_id, :about, 0, 0)
    on conflict (id) do update
    set provider = excluded.provider, workspace_id = excluded.workspace_id, act = excluded.act,
        kind = excluded.kind, intent = excluded.intent, state = excluded.state,
        entry_id = null, result = null, reason = '', accepted_at = excluded.accepted_at, settled_at = null,
        done_by = excluded.done_by, sent_at = excluded.sent_at, due_at = excluded.due_at,
        lease = excluded.lease, leased_until = excluded.leased_until, tries = excluded.tries,
        is_put_off = excluded.is_put_off, is_told = 0, keys_spent = 0, zone = excluded.zone, about = excluded.about,
        user_id = excluded.user_id, tellings = 0, tell_at = ''
    where operation.state in ('refused', 'dropped')
    and operation.slack_team = excluded.slack_team and operation.slack_user = excluded.slack_user
    returning id
"""

# Done is final: a late second opinion must not make it free to be sent again. Nor is what another operation made ours.
SETTLE = """
    update operation
    set state = :state, entry_id = :entry_id, result = :result, reason = :reason, settled_at = :now,
        due_at = :due_at, leased_until = '', is_put_off = case when :is_put_off = 1 then 1 else is_put_off end,
        keys_spent = keys_spent + :is_key_spent,
        was_unsure = case when :may_have_happened = 1 then 1 else was_unsure end,
        sent_at = case when :may_have_happened = 1 or :state = 'done' then sent_at else '' end
    where id = :id and slack_team = :team and lease = :lease and state not in ('done', 'dropped')
    and not exists (
        select 1 from operation as other
        where :state = 'done' and other.state = 'done' and other.entry_id = :entry_id and other.id <> operation.id
        and other.provider = operation.provider and other.workspace_id = operation.workspace_id
        and ((operation.kind = 'create' and other.kind = 'create')
             or (operation.kind = 'start' and other.kind in ('create', 'start', 'stop')
                 and other.accepted_at <= operation.accepted_at)))
    returning id
"""

# One that got through says that others may.
HURRY_OTHERS = """
    update operation set due_at = accepted_at
    where provider = :provider and workspace_id = :workspace and state = 'queued' and due_at > :now
    and due_at <> accepted_at
"""

TAKE = """
    update operation set lease = :lease, leased_until = :until
    where id = :id and slack_team = :team and state in ('queued', 'unsure', 'waiting')
    and (leased_until <= :now or leased_until > :in_minutes)
    returning *
"""

TIMER_ACTS_SINCE = """
    select * from operation
    where slack_team = :team and slack_user = :user and accepted_at > :accepted_at and id <> :id
    and state not in ('refused', 'dropped')
    and (kind in ('start', 'stop', 'halt', 'cancel') or (kind = 'create' and substr(id, 1, 5) = 'held:'))
    order by accepted_at, id
"""

RENEW = """
    update operation set leased_until = :until
    where id = :id and slack_team = :team and lease = :lease and state = 'sending'
    returning id
"""

RESEND = """
    update operation
    set state = 'sending', kind = :kind, intent = :intent, about = :about, leased_until = :until, tries = tries + 1,
        sent_at = case when sent_at = '' then :now else sent_at end
    where id = :id and slack_team = :team and lease = :lease and state not in ('done', 'refused', 'dropped')
    returning *
"""

# A lease or an appointment that is much too far away was made before the clock was set back. A person's operations go
# one after the other, and what stops a timer in the order in which it was asked for.
DUE = """
    update operation set lease = :lease, leased_until = :until
    where id = (
        select id from operation as next
        where state in ('queued', 'sending', 'unsure', 'waiting')
        and (state = 'sending' or (due_at <> '' and (due_at <= :now or due_at > :in_hours)))
        and (leased_until <= :now or leased_until > :in_minutes)
        and not exists (
            select 1 from operation as other
            where other.state in ('queued', 'sending', 'unsure', 'waiting')
            and other.slack_team = next.slack_team and other.done_by = next.done_by
            and other.provider = next.provider and other.id <> next.id
            and ((other.leased_until > :now and other.leased_until <= :in_minutes)
                 or (next.kind in ('start', 'halt', 'stop') and other.kind in ('start', 'halt', 'stop')
                     and other.accepted_at < next.accepted_at
                     and (other.state = 'sending' or other.due_at <> ''))))
        order by due_at, accepted_at, id limit 1 /* for update skip locked */)
    returning *
"""

DOUBT = """
    update operation set state = 'unsure', sent_at = case when sent_at = '' then accepted_at else sent_at end,
        due_at = :now, lease = '', leased_until = ''
    where state in ('queued', 'sending', 'unsure', 'waiting') and leased_until <= :now
    returning *
"""

PENDING = """
    select * from operation where slack_team = :team and done_by = :user
    and (state in ('queued', 'unsure', 'waiting') or (is_put_off = 1 and state in ('sending', 'refused')))
    order by accepted_at, id
"""

# What may still arrive is looked up when that is over, and neither sooner nor given up. A start that was refused is
# too late by the time that it is asked for again.
HURRY = """
    update operation set due_at = :now, is_told = 0, state = case when state = 'refused' then 'queued' else state end
    where id = :id and slack_team = :team and done_by = :user
    and (state in ('queued', 'waiting') or (state = 'unsure' and due_at = '')
         or (is_put_off = 1 and state = 'refused' and kind <> 'start'))
    returning id
"""

HURRY_WAITING = """
    update operation set due_at = :now
    where slack_team = :team and done_by = :user and provider = :provider and workspace_id = :workspace
    and state = 'waiting'
"""

DROP = """
    update operation set state = 'dropped', settled_at = :now, due_at = '', is_told = 1
    where id = :id and slack_team = :team and done_by = :user and leased_until <= :now
    and (state in ('queued', 'waiting', 'refused') or (state = 'unsure' and due_at = ''))
    returning *
"""

# What was to take its place was refused: nothing more is sent by itself, and its words are not lost.
REVIVE = """
    update operation set state = 'refused', reason = :reason, is_put_off = 1, is_told = 1
    where id = :id and slack_team = :team and done_by = :user and state = 'dropped'
"""

SENT_TWICE = """
    select * from operation
    where was_unsure = 1 and looks = :looks and accepted_at <= :before
    and kind = 'create' and state = 'done' and tries > 1
    order by accepted_at, id limit 20
"""

LOOKED_AGAIN = """
    update operation set looks = looks + 1 where id = :id and slack_team = :team and looks = :looks returning id
"""

IS_MADE_BY_US = """
    select id from operation where provider = :provider and workspace_id = :workspace and entry_id = :entry_id
    and kind = 'create' and state = 'done' limit 1
"""

UNTOLD = """
    select * from operation where is_told = 0 and is_put_off = 1 and state in ('done', 'refused', 'dropped')
    and (tell_at <= :now or tell_at > :in_hours)
    order by tell_at, settled_at, id limit 50
"""

CLAIM_TELLING = """
    update operation set tell_at = :until
    where id = :id and slack_team = :team and is_told = 0 and (tell_at <= :now or tell_at > :in_hours)
    returning id
"""

CLAIM_ACT_TELLING = """
    update act set tell_at = :until
    where id = :id and slack_team = :team and answered_at = '' and (tell_at <= :now or tell_at > :in_hours)
    returning id
"""

TOLD = "update operation set is_told = 1 where id = :id and slack_team = :team"

TELL_LATER = """
    update operation set tellings = tellings + 1, tell_at = :at where id = :id and slack_team = :team and is_told = 0
"""

TELL_ACT_LATER = """
    update act set tellings = tellings + 1, tell_at = :at where id = :id and slack_team = :team and answered_at = ''
"""

# What takes something back is for whoever did that to hear, and who that is the operation itself doesn't say. It is
# asked every second: the condition in brackets is that of its index, word for word.
UNHEARD = """
    select * from operation
    where is_heard = 0 and (done_by <> slack_user or substr(id, 1, 5) = 'undo:')
    and state = 'done' and settled_at >= :since and kind not in ('amend', 'halt', 'takeback')
    order by settled_at, id limit 50
"""

HEARD = "update operation set is_heard = 1 where id = :id and slack_team = :team and is_heard = 0 returning id"

RETELL = """
    update operation set is_put_off = 1, is_told = 0, tellings = 0, tell_at = ''
    where slack_team = :team and act = :act and state in ('done', 'refused') and kind <> 'takeback'
"""

OPERATIONS_OF = "select * from operation where slack_team = :team and act = :act order by accepted_at, id"

CLAIM_ACT = """
    insert into act (id, slack_team, slack_user, said, is_line, claimed_at, answered_at, was_refused, sealed, sealed_with)
    values (:id, :team, :user, :said, :is_line, :now, '', 0, :sealed, :sealed_with)
    on conflict (id) do nothing
    returning id
"""

ANSWER_ACT = "update act set answered_at = :now, was_refused = :was_refused where id = :id and slack_team = :team"

RELEASE_ACT = "delete from act where id = :id and slack_team = :team"

ACT = "select * from act where id = :id and slack_team = :team and slack_user = :user"

LATEST_ACT = """
    select * from act where slack_team = :team and slack_user = :user and said = :said
    and claimed_at >= :since and id <> :id and was_refused = 0
    and (:until = '' or claimed_at < :until or (claimed_at = :until and id < :id))
    order by claimed_at desc limit 1
"""

UNANSWERED_ACTS = """
    select * from act where answered_at = '' and claimed_at <= :before and (tell_at <= :now or tell_at > :in_hours)
    order by tell_at, claimed_at limit 50
"""

OPERATION = "select * from operation where id = :id"

NOTE = """
    insert into operation (id, slack_team, slack_user, done_by, provider, workspace_id, act, kind, intent, state,
                           entry_id, result, reason, accepted_at, settled_at,
                           sent_at, due_at, lease, leased_until, tries, is_put_off, is_told, keys_spent, zone,
                           user_id, about, was_unsure, looks)
    values (:id, :team, :user, :by, :provider, :workspace, :act, :kind, :intent, 'done',
            :entry_id, :result, '', :accepted_at, :now, '', '', '', '', 0, 0, 1, 0, :zone, :user_id, :about, 0, 0)
    on conflict (id) do update
    set kind = excluded.kind, intent = excluded.intent, state = 'done', entry_id = excluded.entry_id,
        result = excluded.result, reason = '', accepted_at = excluded.accepted_at,
        settled_at = excluded.settled_at, done_by = excluded.done_by, act = excluded.act
    where operation.state in ('refused', 'dropped')
    and operation.slack_team = excluded.slack_team and operation.slack_user = excluded.slack_user
    returning id
"""

# What was deleted since, or made another by an edit, may be logged again.
TWIN = """
    select * from operation
    where slack_team = :team and slack_user = :user and provider = :provider and workspace_id = :workspace
    and about = :about and id <> :id and kind = 'create' and state not in ('refused', 'dropped')
    and not exists (
        select 1 from operation as gone
        where gone.slack_team = :team and gone.entry_id = operation.entry_id and gone.kind in ('delete', 'update')
        and gone.state = 'done')
    order by accepted_at desc limit 1
"""

DELETION_OF = """
    select * from operation where slack_team = :team and entry_id = :entry_id and kind = 'delete' and state = 'done'
    order by accepted_at desc, settled_at desc limit 1
"""

LATEST = """
    select * from operation
    where slack_team = :team and done_by = :by and accepted_at >= :since and accepted_at < :until
    and state not in ('refused', 'dropped') and kind not in ('amend', 'takeback') and substr(id, length(id) - 6) <> ':before'
    and substr(id, 1, length(:undoing)) <> :undoing and substr(id, 1, 5) <> 'copy:'
    and not exists (
        select 1 from operation as undone
        where undone.slack_team = :team and undone.id = :undoing || operation.id and undone.state = 'done')
    order by accepted_at desc, settled_at desc, id limit 1
"""

HELD_TIMER = "select timer from held_timer where slack_team = :team and slack_user = :user"

HELD_TIMERS = "select * from held_timer order by slack_team, slack_user"

HOLD = """
    insert into held_timer (slack_team, slack_user, timer_id, timer) values (:team, :user, :timer_id, :timer)
    on conflict (slack_team, slack_user) do nothing
    returning timer_id
"""

CHANGE_HELD = """
    update held_timer set timer = :timer
    where slack_team = :team and slack_user = :user and timer_id = :timer_id
    returning timer_id
"""

RELEASE = """
    delete from held_timer where slack_team = :team and slack_user = :user and timer_id = :timer_id
    returning timer_id
"""

DROP_HELD = "delete from held_timer where slack_team = :team and slack_user = :user returning timer_id"

RECENT_TASKS = """
    select task from recent_task where slack_team = :team and slack_user = :user
    and provider = :provider and workspace_id = :workspace
    order by used_at desc, task_id limit 25
"""

REMEMBER_TASK = """
    insert into recent_task (slack_team, slack_user, provider, workspace_id, task_id, task, used_at)
    values (:team, :user, :provider, :workspace, :task_id, :task, :used_at)
    on conflict (slack_team, slack_user, provider, workspace_id, task_id) do update
    set task = excluded.task, used_at = excluded.used_at
"""

PRUNE_RECENT = """
    delete from recent_task where slack_team = :team and slack_user = :user
    and provider = :provider and workspace_id = :workspace
    and task_id not in (
        select task_id from recent_task where slack_team = :team and slack_user = :user
        and provider = :provider and workspace_id = :workspace
        order by used_at desc, task_id limit 25)
"""

FORGET_RECENT = "delete from recent_task where slack_team = :team and slack_user = :user and provider = :provider"

OPERATIONS_ABOUT = """
    select * from operation
    where slack_team = :team and (cast(:user as text) is null or slack_user = :user or done_by = :user)
    and (:before = '' or (accepted_at, id) < (
        select accepted_at, id from operation where id = :before and slack_team = :team
        and (cast(:user as text) is null or slack_user = :user or done_by = :user)))
    order by accepted_at desc, id desc limit :limit
"""

UNENDED = """
    select * from operation where slack_team = :team and slack_user = :user
    and state not in ('done', 'refused', 'dropped') order by accepted_at, id
"""

UNENDED_ANYWHERE = """
    select * from operation where (slack_team = :team or cast(:team as text) is null)
    and state not in ('done', 'refused', 'dropped') order by accepted_at, id
"""

KEPT_OPERATIONS = """
    select count(*) as operations, min(accepted_at) as since from operation
    where slack_team = :team and (slack_user = :user or done_by = :user)
"""

KEPT_ACCOUNTS = "select count(*) as accounts from account where slack_team = :team and slack_user = :user"
# Without a user, of everybody in the Slack workspace.
BELONGINGS = {
    "person": """
        select person.*, rhythm.rhythm from person left join rhythm using (slack_team, slack_user)
        where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user
    """,
    "account": """
        select * from account where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user, provider
    """,
    "narrowed": """
        select * from narrowed where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user, provider
    """,
    "held_timer": """
        select * from held_timer where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user
    """,
    "recent_task": """
        select * from recent_task where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user, used_at
    """,
    "rhythm": """
        select * from rhythm where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user
    """,
    "presence": """
        select * from presence where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user
    """,
    "reminder": """
        select * from reminder where slack_team = :team and (slack_user = :user or cast(:user as text) is null)
        order by slack_user, day, kind
    """,
}
# Who may log their own time only stays: it is a rule that others made, and forgetting it would be a way around it.
FORGET_PERSON = (
    "delete from account where slack_team = :team and slack_user = :user returning slack_user",
    "delete from act where slack_team = :team and slack_user = :user returning slack_user",
    "delete from visit where slack_team = :team and slack_user = :user returning slack_user",
    "delete from recent_task where slack_team = :team and slack_user = :user returning slack_user",
    "delete from held_timer where slack_team = :team and slack_user = :user returning slack_user",
    "delete from operation where slack_team = :team and slack_user = :user returning slack_user",
    "delete from rhythm where slack_team = :team and slack_user = :user returning slack_user",
    "delete from presence where slack_team = :team and slack_user = :user returning slack_user",
    "delete from reminder where slack_team = :team and slack_user = :user returning slack_user",
    "delete from person where slack_team = :team and slack_user = :user returning slack_user",
)
# What they began for others and has not ended becomes those others' own, who are told how it ends.
FORGET_WHO_DID = """
    update operation set done_by = case when state in ('done', 'refused', 'dropped') then :nobody else slack_user end,
        is_told = case when state in ('done', 'refused', 'dropped') then 1 else 0 end, is_heard = 1, user_id = ''
    where slack_team = :team and done_by = :user
"""
