-- Whether a registered partner answers (HCI-12). Shared by all replicas: a change of this row decides, once.
create table partner_presence (
    partner       text primary key,
    reachable     boolean     not null,
    since         timestamptz not null,               -- in this state since
    heard_at      timestamptz not null,               -- last sign of life, written a few times per period of silence
    next_probe_at timestamptz                         -- no replica asks before; also the lease of the one that asks
);

-- Every agreement there ever was: who heard of a party must hear that it is gone (HCI-06).
create table agreement_seen (
    cpo  text not null,
    emsp text not null,
    primary key (cpo, emsp)
);
