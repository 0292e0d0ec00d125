-- What the hub fetches from partners' lists, one row per partner, module and party. A run survives restarts in its row.
create table pull (
    id            bigint generated always as identity primary key,
    partner       text        not null,
    module        text        not null,
    party         text        not null,                 -- whose objects: OCPI-to of the requests
    active        boolean     not null,                 -- agreement and endpoint are there
    state         text        not null check (state in ('IDLE', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    mode          text        check (mode in ('FULL', 'DELTA')),   -- of the run at hand, or the last one
    wanted        text        check (wanted in ('FULL', 'DELTA')), -- asked for; starts when no run is under way
    date_from     timestamptz,
    walk          text,                                 -- JSON: which page is next
    pages         integer     not null default 0,
    seen          integer     not null default 0,       -- objects in the pages
    created       integer     not null default 0,
    updated       integer     not null default 0,
    unchanged     integer     not null default 0,       -- the same, or older than what is stored
    refused       integer     not null default 0,       -- see pull_fault
    ignored       integer     not null default 0,       -- of other parties
    started_at    timestamptz,
    finished_at   timestamptz,
    run_high      timestamptz,                          -- highest last_updated of this run
    high_water    timestamptz,                          -- of all finished runs
    registered_at timestamptz not null,                 -- the registration that asked for everything
    delta_at      timestamptz not null,
    full_at       timestamptz,                          -- null: only on demand
    due_at        timestamptz not null,                 -- when to look at this row again
    attempts      integer     not null default 0,       -- failed tries of the page at hand
    last_error    text,
    cancel        boolean     not null default false,
    lease         text,                                 -- the process that works on it
    lease_until   timestamptz,
    unique (partner, module, party)
);
create index pull_due on pull (due_at) where active;

-- Ids that the pages of a complete pull showed, kept until it ends.
create table pull_seen (
    pull   bigint not null,
    object text   not null,                             -- folded key, an EVSE's is location/evse
    primary key (pull, object)
);

-- Objects in pulled pages that could not be taken.
create table pull_fault (
    pull    bigint      not null,
    object  text        not null,                       -- folded key, or the place in the list
    reason  text        not null,
    raw     text        not null,
    since   timestamptz not null,
    last_at timestamptz not null,
    times   integer     not null default 1,
    primary key (pull, object)
);

-- Objects we hold that complete pulls did not show (A-33).
create table pull_missing (
    module        text        not null,
    owner         text        not null,
    object        text        not null,
    partner       text        not null,
    missing_since timestamptz not null,
    pulls         integer     not null default 1,       -- complete pulls without it, one after the other
    acted_at      timestamptz,                          -- marked REMOVED or deleted by us
    primary key (module, owner, object)
);
create index pull_missing_partner on pull_missing (partner, module);
