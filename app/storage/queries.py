"""Every statement of the store, once, in SQL that all engines share; people's data is asked for by Slack workspace."""

PERSON = "select * from person where slack_team = :team and slack_user = :user"

REMEMBER_PERSON = """
    insert into person (slack_team, slack_user, zone, name, target_seconds)
    values (:team, :user, :zone, :name, :target)
    on conflict (slack_team, slack_user) do update
    set zone = excluded.zone, name = excluded.name, target_seconds = excluded.target_seconds
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
        region = excluded.region, updated_at = excluded.updated_at, has_left = 0, checked_at = '',
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

# Held timers and the journal are people's hours: they outlive the account and wait for it to come back.
FORGET_TEAM = (
    "delete from account where slack_team = :team",
    "delete from visit where slack_team = :team",
    "delete from recent_task where slack_team = :team",
    "delete from person where slack_team = :team",
)

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

# Claims the id: new, or refused by the provider and therefore free to be sent once more.
BEGIN = """
    insert into operation (id, slack_team, slack_user, provider, workspace_id, kind, intent,
                           state, reason, accepted_at, done_by)
    values (:id, :team, :user, :provider, :workspace, :kind, :intent, 'sending', '', :accepted_at, :by)
    on conflict (id) do update
    set provider = excluded.provider, workspace_id = excluded.workspace_id,
        kind = excluded.kind, intent = excluded.intent, state = 'sending',
        entry_id = null, result = null, reason = '', accepted_at = excluded.accepted_at, settled_at = null,
        done_by = excluded.done_by
    where operation.state = 'refused'
    and operation.slack_team = excluded.slack_team and operation.slack_user = excluded.slack_user
    returning id
"""

# Done is final: a late second opinion must not make it free to be sent again.
SETTLE = """
    update operation
    set state = :state, entry_id = :entry_id, result = :result, reason = :reason, settled_at = :now
    where id = :id and state <> 'done'
"""

OPERATION = "select * from operation where id = :id"

NOTE = """
    insert into operation (id, slack_team, slack_user, provider, workspace_id, kind, intent,
                           state, entry_id, result, reason, accepted_at, settled_at, done_by)
    values (:id, :team, :user, :provider, :workspace, :kind, :intent,
            'done', :entry_id, :result, '', :accepted_at, :now, :by)
    on conflict (id) do update
    set kind = excluded.kind, intent = excluded.intent, state = 'done', entry_id = excluded.entry_id,
        result = excluded.result, reason = '', accepted_at = excluded.accepted_at,
        settled_at = excluded.settled_at, done_by = excluded.done_by
    where operation.state = 'refused'
    and operation.slack_team = excluded.slack_team and operation.slack_user = excluded.slack_user
    returning id
"""

DELETION_OF = """
    select * from operation where slack_team = :team and entry_id = :entry_id and kind = 'delete' and state = 'done'
    order by accepted_at desc, settled_at desc limit 1
"""

LATEST = """
    select * from operation
    where slack_team = :team and done_by = :by and accepted_at >= :since and state <> 'refused'
    and kind not in ('amend', 'takeback') and substr(id, 1, length(:undoing)) <> :undoing
    and not exists (
        select 1 from operation as undone
        where undone.slack_team = :team and undone.id = :undoing || operation.id and undone.state = 'done')
    order by accepted_at desc, settled_at desc, id limit 1
"""

UNSETTLED = "select * from operation where state = 'sending' order by accepted_at, id"

HELD_TIMER = "select timer from held_timer where slack_team = :team and slack_user = :user"

HOLD = """
    insert into held_timer (slack_team, slack_user, timer_id, timer) values (:team, :user, :timer_id, :timer)
    on conflict (slack_team, slack_user) do nothing
    returning timer_id
"""

CHANGE_HELD = """
    update held_timer set timer = :timer
    where slack_team = :team and slack_user = :user and timer_id = :timer_id
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
