-- Alerts: what should have happened and did not. One row per opening; a cleared alert that is found again is a new row.
create table alert (
    id              bigint generated always as identity primary key,
    type            text        not null,
    key             text        not null,              -- what it is about, within its type
    partner         text,
    object          text,
    reason          text        not null,
    next_step       text        not null,
    state           text        not null check (state in ('OPEN', 'ACKNOWLEDGED', 'SILENCED', 'CLEARED')),
    first_at        timestamptz not null,
    last_at         timestamptz not null,
    count           integer     not null default 1,    -- in how many rounds it was found
    assigned_to     text,
    acknowledged_by text,
    silenced_until  timestamptz,
    cleared_at      timestamptz
);
create unique index alert_live on alert (type, key) where state <> 'CLEARED';
create index alert_partner on alert (partner, id);
create index alert_type on alert (type, id);
create index alert_cleared on alert (cleared_at) where state = 'CLEARED';

-- When the rules were looked at last: one replica takes each round.
create table alert_round (
    at timestamptz not null
);
insert into alert_round (at) values ('epoch');

-- What the webhook has to be told; a row that was taken there is deleted.
create table alert_notice (
    id         bigint generated always as identity primary key,
    alert      bigint      not null references alert on delete cascade,
    body       text        not null,
    state      text        not null default 'DUE' check (state in ('DUE', 'FAILED')),
    created_at timestamptz not null,
    due_at     timestamptz not null,
    attempts   integer     not null default 0,
    last_error text
);
create index alert_notice_due on alert_notice (due_at) where state = 'DUE';
create index alert_notice_alert on alert_notice (alert, id);

-- What the rules read every few seconds.
create index callback_timed_out on callback (deadline) where state = 'TIMED_OUT';
create index callback_answered on callback (executor, asked_at) where state = 'ANSWERED';
create index dead_letter_at on dead_letter (at);
create index partner_presence_away on partner_presence (partner) where not reachable;
create index lane_error on lane (partner) where last_error is not null;
create index charging_session_no_cdr on charging_session (stop_at) where state = 'COMPLETED' and cdr_reason is not null;
