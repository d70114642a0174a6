"""Every statement about reminders, once, in SQL that all engines share; what is nobody's in particular is by time alone."""

RHYTHM = """
    insert into rhythm (slack_team, slack_user, rhythm, kept_at) values (:team, :user, :rhythm, :now)
    on conflict (slack_team, slack_user) do update set rhythm = excluded.rhythm, kept_at = excluded.kept_at
"""

CHANGED = """
    select kept_at as changed_at from rhythm where slack_team = :team and slack_user = :user and kept_at <= :now
    union all
    select updated_at from account where slack_team = :team and slack_user = :user and updated_at <= :now
"""

PLAN_ANEW = "update account set plan_at = '0' where slack_team = :team and slack_user = :user and plan_at <> '0'"

PLAN_EVERYBODY_ANEW = "update account set plan_at = '0' where plan_at <> '0'"

# What somebody asked to be asked again, and what may be on its way to Slack, stays. So does what is planned of a timer,
# which nobody else may know of: what runs when it is looked up decides.
FORGET_PLANS = """
    delete from reminder where slack_team = :team and slack_user = :user and kind = 'day' and rule <> 'put_off'
    and (stage = 'planned' or (stage = 'ready' and lease = ''))
"""

PRESENCE = "select * from presence where slack_team = :team and slack_user = :user"

# Only of people whom we know: Slack tells of everybody. What is told apart is kept apart, so that neither undoes the other.
KEEP_PROFILE = """
    insert into presence (slack_team, slack_user, is_gone, status_emoji, status_text, status_until,
                          quiet_from, quiet_until, profile_at, quiet_at)
    select slack_team, slack_user, :is_gone, :status_emoji, :status_text, :status_until, '', '', :now, ''
    from person where slack_team = :team and slack_user = :user
    on conflict (slack_team, slack_user) do update
    set is_gone = excluded.is_gone, status_emoji = excluded.status_emoji, status_text = excluded.status_text,
        status_until = excluded.status_until, profile_at = excluded.profile_at
"""

KEEP_QUIET = """
    insert into presence (slack_team, slack_user, is_gone, status_emoji, status_text, status_until,
                          quiet_from, quiet_until, profile_at, quiet_at)
    select slack_team, slack_user, 0, '', '', '', :quiet_from, :quiet_until, '', :now
    from person where slack_team = :team and slack_user = :user
    on conflict (slack_team, slack_user) do update
    set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, quiet_at = excluded.quiet_at
"""

MOVE = """
    update person set zone = :zone where slack_team = :team and slack_user = :user and zone <> :zone
    returning slack_user
"""

UNSEEN = """
    select reminder.slack_user, profile_at, quiet_at from reminder left join presence
    on presence.slack_team = reminder.slack_team and presence.slack_user = reminder.slack_user
    where reminder.slack_team = :team and stage = 'planned' and act_at >= :after and act_at <= :until
    and (profile_at is null or profile_at < :since or quiet_at < :since)
    order by act_at limit :limit
"""

ROLL = "select * from roll where slack_team = :team"

CLAIM_ROLL = """
    insert into roll (slack_team, cursor, pages, size, began_at, leased_until) values (:team, '', 0, 0, '', :until)
    on conflict (slack_team) do update set leased_until = excluded.leased_until
    where roll.leased_until <= :now or roll.leased_until > :in_minutes
    returning *
"""

KEEP_ROLL = """
    update roll set cursor = :cursor, pages = :pages, size = :size, began_at = :began_at, leased_until = :until
    where slack_team = :team
"""

# An appointment that is much too far away was made before the clock was set back.
CLAIM_PLANNING = """
    update account set plan_at = :until
    where (slack_team, slack_user, provider) in (
        select slack_team, slack_user, provider from account
        where plan_at <> '' and (plan_at <= :now or plan_at > :in_hours)
        order by plan_at limit :limit /* for update skip locked */)
    returning slack_team, slack_user
"""

PLANNED = """
    update account set plan_at = :at
    where slack_team = :team and slack_user = :user and plan_at = :until
    returning provider
"""

IS_WAITING = """
    select day from reminder where slack_team = :team and slack_user = :user and kind = :kind and day <= :day
    and stage in ('planned', 'ready')
"""

# Whoever names an earlier end of their day is asked about what runs by that.
SOONER = """
    update reminder set due_at = :due_at, act_at = :act_at
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and stage = 'planned' and lease = '' and rule <> 'put_off' and due_at > :due_at
    returning day
"""

# A timer that was asked about, or didn't run any more, may be followed by another one on the same day. One that could not
# be asked about may still run.
ADD = """
    insert into reminder (slack_team, slack_user, kind, day, due_at, act_at, stage, rule, about, brief,
                          channel, message_ts, settled_at, lease, leased_until, tries)
    select :team, :user, :kind, :day, :due_at, :act_at, 'planned', :rule, '', '', '', '', '', '', '', 0
    from person where slack_team = :team and slack_user = :user
    on conflict (slack_team, slack_user, kind, day) do update
    set due_at = excluded.due_at, act_at = excluded.act_at, stage = 'planned', rule = '', about = '', settled_at = ''
    where reminder.kind = 'timer' and reminder.stage in ('sent', 'silent') and (
        (reminder.rule in ('stopped', 'forgotten') and reminder.due_at < excluded.due_at)
        or reminder.rule in ('not_connected', 'gone', 'unread', 'untold'))
    returning day
"""

SHARING = """
    select count(*) as people from (
        select user_id from account where slack_team = :team and provider = :provider
        and workspace_id = :workspace limit :limit) as one
"""

REMINDER = """
    select * from reminder where slack_team = :team and slack_user = :user and kind = :kind and day = :day
"""

CLAIM_READING = """
    update reminder set lease = :lease, leased_until = :until, tries = tries + 1
    where (slack_team, slack_user, kind, day) = (
        select slack_team, slack_user, kind, day from reminder
        where stage = 'planned' and act_at <= :now and (leased_until <= :now or leased_until > :in_minutes)
        order by act_at limit 1 /* for update skip locked */)
    returning *
"""

FREE = """
    select * from pace where next_at <> '' and next_at <= :now
    order by next_at limit 1 /* for update skip locked */
"""

SOONEST = """
    select next_at, (select sent_at from pace where sent_at <> '' order by sent_at desc limit 1) as last_sent
    from pace where next_at <> '' order by next_at limit 1
"""

# What was sent in times to come was sent before the clock was set back, and by that clock it would be left alone until then.
SET_BACK = """
    update pace set free_at = '', sent_at = '', next_at = case when next_at <> '' then :now else '' end
    where slack_team in (
        select slack_team from pace where sent_at <> '' and sent_at > :in_minutes
        order by sent_at limit 1000 /* for update skip locked */)
"""

CLAIM_SENDING = """
    update reminder set lease = :lease, leased_until = :until, tries = tries + 1
    where (slack_team, slack_user, kind, day) = (
        select slack_team, slack_user, kind, day from reminder
        where slack_team = :team and stage = 'ready' and act_at <= :now
        and (leased_until <= :now or leased_until > :in_minutes)
        order by act_at limit 1 /* for update skip locked */)
    returning *
"""

# What is in a lease stands first, and that is never many.
NEXT_READY = """
    select act_at, leased_until from reminder where slack_team = :team and stage = 'ready' order by act_at limit 100
"""

PACED = """
    update pace set free_at = :free_at, next_at = :free_at, moving_since = :moving_since, sent_at = :now
    where slack_team = :team
"""

# "" where nothing is ready: for how long it was slowed down is still known then.
NEXT_AT = "update pace set next_at = :at where slack_team = :team"

WAKES_IN_TIME = "select 1 as yes from pace where slack_team = :team and next_at <> '' and next_at <= :at"

SOMETHING_READY = """
    insert into pace (slack_team, free_at, next_at, sent_at, moving_since) values (:team, '', :at, '', '')
    on conflict (slack_team) do update
    set next_at = case when pace.free_at > excluded.next_at then pace.free_at else excluded.next_at end
    where pace.next_at = '' or pace.next_at > excluded.next_at
"""

PAUSE = "update pace set free_at = :until, next_at = :until where slack_team = :team and free_at < :until"

MOVING = "select sent_at, moving_since from pace where slack_team = :team"

RENEW_REMINDER = """
    update reminder set leased_until = :until
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning day
"""

BRIEFED = """
    update reminder set stage = 'ready', brief = :brief, act_at = due_at, lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning act_at
"""

# What is kept of a day that was told is where that stands, and not what was in it.
SETTLED = """
    update reminder set stage = :stage, rule = :rule, about = :about, brief = '', settled_at = :now,
        channel = case when :channel <> '' then :channel else channel end,
        message_ts = case when :channel <> '' then :message_ts else message_ts end,
        lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning day
"""

AGAIN = """
    update reminder set stage = 'planned', rule = :rule, about = :about, brief = '', due_at = :at, act_at = :at,
        lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning day
"""

# Only who ends the process each time is given up on, and not what is put off.
RETRY = """
    update reminder set act_at = :at, lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning act_at, stage
"""

LOOK_UP_AGAIN = """
    update reminder set stage = 'planned', brief = '', act_at = :at, lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage in ('planned', 'ready')
    returning day
"""

LET_GO = """
    update reminder set brief = :brief, lease = '', leased_until = '', tries = 0
    where slack_team = :team and slack_user = :user and kind = :kind and day = :day
    and lease = :lease and stage = 'ready'
    returning day
"""

# In an older database nobody knows what was sent since.
DOUBT_REMINDERS = """
    update reminder set stage = 'silent', rule = 'untold', brief = '', settled_at = :now, lease = '', leased_until = ''
    where stage in ('planned', 'ready') and due_at <= :now
    returning slack_team, slack_user
"""

REASK = """
    insert into reminder (slack_team, slack_user, kind, day, due_at, act_at, stage, rule, about, brief,
                          channel, message_ts, settled_at, lease, leased_until, tries)
    values (:team, :user, :kind, :day, :at, :at, 'planned', :rule, :about, '', '', '', '', '', '', 0)
    on conflict (slack_team, slack_user, kind, day) do update
    set due_at = excluded.due_at, act_at = excluded.act_at, stage = 'planned', rule = excluded.rule,
        about = excluded.about, brief = '', settled_at = '', lease = '', leased_until = '', tries = 0
"""

# Who was asked was asked, whatever they answer; at what hour is not known any more where they were to be asked again.
CLOSE = """
    insert into reminder (slack_team, slack_user, kind, day, due_at, act_at, stage, rule, about, brief,
                          channel, message_ts, settled_at, lease, leased_until, tries)
    values (:team, :user, :kind, :day, :now, :now, 'silent', :rule, :about, '', '', '', :now, '', '', 0)
    on conflict (slack_team, slack_user, kind, day) do update
    set stage = case when reminder.channel <> '' then 'sent' else 'silent' end,
        due_at = case when reminder.channel <> '' and reminder.stage <> 'sent' then excluded.due_at else reminder.due_at end,
        rule = excluded.rule, about = excluded.about, brief = '', settled_at = excluded.settled_at,
        lease = '', leased_until = '', tries = 0
"""

# What was put off may have been accepted long before it was done.
HAS_ACTED = """
    select id from operation where slack_team = :team and slack_user = :user and accepted_at > :day_before
    and state = 'done' and settled_at > :since limit 1
"""

LATEST_OF_A_TIMER = """
    select kind, result from (
        select kind, result, accepted_at, settled_at, state from operation
        where slack_team = :team and slack_user = :user order by accepted_at desc limit 200) as latest
    where kind in ('start', 'stop', 'halt', 'cancel') and state = 'done'
    order by accepted_at desc, settled_at desc limit 1
"""

SPEND = """
    insert into budget (place, hour, spent) values (:place, :hour, :requests)
    on conflict (place, hour) do update set spent = budget.spent + excluded.spent
    where budget.spent + excluded.spent <= :most
    returning spent
"""
