-- Everything a backend sent and we acknowledged. Events of a station are folded in the order received_at, source_seq, event_id.
create table inbox (
    source      text        not null,
    event_id    text        not null,
    seq         bigint generated always as identity,
    station     text        not null,
    received_at timestamptz not null,
    source_seq  bigint,
    body        text        not null,
    digest      text        not null,                 -- of the content, to tell a repetition from another event with the same id
    folded      boolean     not null default false,
    primary key (source, event_id)
);
create index inbox_new on inbox (source, station) where not folded;
create index inbox_window on inbox (source, station, received_at);

-- Lines that could not be taken, with their raw bytes, and events whose id came again with another content.
create table dead_letter (
    id     bigint generated always as identity primary key,
    at     timestamptz not null,
    source text        not null,
    code   text        not null,
    field  text,
    reason text        not null,
    raw    bytea       not null
);

-- Where the fold of a station stands; written in the same transaction as the documents that came of it.
create table station_state (
    source      text        not null,
    station     text        not null,
    base        text        not null,                 -- JSON: state before window_from
    window_from timestamptz,                          -- events from here on are folded again when an older one arrives
    state       text        not null,                 -- JSON: state after the last folded event
    version     bigint      not null default 0,       -- counts writes, so that a copy in memory knows whether it is the newest
    primary key (source, station)
);

-- One charging session as the hub knows it; the OCPI documents are made of it.
create table charging_session (
    owner          text        not null,
    id             text        not null,              -- the OCPI session id
    source         text        not null,
    session_key    text        not null,
    station        text        not null,
    evse_id        integer     not null,
    connector_id   integer,
    transaction_id text,
    id_token       text,
    start_at       timestamptz,
    stop_at        timestamptz,
    stop_reason    text,
    stop_reason_raw text,
    energy_wh      numeric,
    energy_method  text,
    state          text        not null,
    cdr            text        not null,
    cdr_reason     text,                              -- why there is no CDR, or why it is held
    flags          text[]      not null,
    emsp           text,                              -- the party whose token charged
    frozen         text,                              -- JSON: location, EVSE, connector, tariffs and token as at the start
    fold           text        not null,              -- JSON: the session's whole state, with origin and rules
    updated_at     timestamptz not null,
    primary key (owner, id)
);
create unique index charging_session_key on charging_session (source, session_key);
create index charging_session_open on charging_session (state) where state in ('PENDING', 'ACTIVE', 'ENDED_PROVISIONAL');
create index charging_session_start on charging_session (start_at);

-- Events that wait for something that has not arrived yet: a charger no EVSE names, a token, a tariff.
create table unresolved (
    kind    text        not null check (kind in ('STATION', 'TOKEN', 'TARIFF')),
    ref     text        not null,
    source  text        not null,
    station text        not null,
    since   timestamptz not null,
    primary key (kind, ref, source, station)
);
