-- URLs of one partner that another partner is given in the hub's shape: a stored CDR's Location, the next page of a list.
create table relayed_url (
    id         text        primary key,               -- opaque, part of the hub's URL
    kind       text        not null check (kind in ('CDR', 'PAGE')),
    module     text        not null,
    url        text        not null,                  -- at the partner it leads to
    used_by    text        not null,                  -- the party that was given the hub's URL; nobody else may use it
    leads_to   text        not null,                  -- the party whose platform serves it
    expires_at timestamptz                            -- null: never
);
create index relayed_url_expiry on relayed_url (expires_at) where expires_at is not null;

-- Requests whose result comes later, by a POST to a URL of the requester (commands, charging profiles).
create table callback (
    id             text        primary key,           -- opaque, part of the URL that the executor gets
    module         text        not null,
    what           text        not null,              -- START_SESSION, RESERVE_NOW, SET_PROFILE …
    object         text        not null,              -- folded id of the session, location or reservation it is about
    requester      text        not null,              -- the eMSP side
    executor       text        not null,              -- the CPO side
    response_url   text        not null,              -- where the requester wants the result; never shown to the executor
    correlation_id text        not null,
    asked_at       timestamptz not null,
    state          text        not null check (state in ('ASKED', 'WAITING', 'ANSWERED', 'TIMED_OUT', 'CLOSED')),
    deadline       timestamptz not null,              -- until when a result must have come
    result         text,                              -- the newest result, as the executor sent it
    result_at      timestamptz,                       -- since when there is that one
    succeeded      boolean     not null default false, -- whether a result was ACCEPTED
    forward        text        not null default 'NONE' check (forward in ('NONE', 'DUE', 'SENDING', 'DONE', 'FAILED')),
    forward_at     timestamptz,                       -- of the newest try
    forward_reason text,
    expires_at     timestamptz not null               -- until when the executor may still send results
);
create index callback_open on callback (deadline) where state in ('ASKED', 'WAITING');
create index callback_forward on callback (forward_at) where forward in ('DUE', 'SENDING');
create index callback_object on callback (module, object, asked_at);
create index callback_expiry on callback (expires_at);
