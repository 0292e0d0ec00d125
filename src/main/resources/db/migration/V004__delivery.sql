-- The feed (D3): every object stands here once, at its newest change. tx is the writing transaction, so a reader that stays
-- below the oldest running transaction never passes a change that commits late.
create sequence feed_seq cache 100;
create table feed (
    module     text        not null,
    owner      text        not null,
    object     text        not null,                 -- id, or location/evse
    recipient  text,                                 -- the one eMSP party of a Session; null = everyone with an agreement
    tx         xid8        not null,
    seq        bigint      not null,
    full_tx    xid8        not null,                 -- place of the newest change that a PATCH of the status cannot carry
    full_seq   bigint      not null,
    changed_at timestamptz not null,
    primary key (module, owner, object)
);
create index feed_place on feed (tx, seq);
create index feed_lane on feed (module, owner, tx, seq);

-- A lane: how far one party has been brought in one module of one owner.
create table lane (
    id              bigint generated always as identity primary key,
    partner         text   not null,
    module          text   not null,
    owner           text   not null,
    receiver        text   not null,
    tx              xid8   not null default '0',
    seq             bigint not null default 0,
    paused          boolean not null default false,
    last_success_at timestamptz,
    last_error      text,
    last_error_at   timestamptz,
    unique (partner, module, owner, receiver)
);

-- Objects that a partner refused. They do not stop their lane.
create table held (
    lane            bigint      not null references lane on delete cascade,
    object          text        not null,
    attempts        integer     not null,
    next_attempt_at timestamptz not null,
    since           timestamptz not null,
    reason          text        not null,
    http_status     integer,
    ocpi_status     integer,
    primary key (lane, object)
);
create index held_due on held (next_attempt_at);

-- CDRs are money (D4): the body is frozen and hashed before the first send.
create table cdr_handover (
    owner           text        not null,
    id              text        not null,
    receiver        text        not null,
    state           text        not null check (state in ('HELD', 'READY', 'SENDING', 'DELIVERED', 'REJECTED', 'IN_DOUBT')),
    body            text        not null,
    sha256          text        not null,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    sending_since   timestamptz,
    since           timestamptz not null,             -- in this state since
    reason          text,
    http_status     integer,
    ocpi_status     integer,
    created_at      timestamptz not null,
    delivered_at    timestamptz,
    url_at_partner  text,
    primary key (owner, id)
);
create index cdr_handover_open on cdr_handover (receiver, next_attempt_at) where state in ('READY', 'SENDING', 'IN_DOUBT');
create index cdr_handover_state on cdr_handover (state, created_at);
create index cdr_handover_url on cdr_handover (receiver, delivered_at) where url_at_partner is not null;
