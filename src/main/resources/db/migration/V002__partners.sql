-- Local users of the operator and finance API. The admin is created at the first start.
create table hub_user (
    name          text primary key,
    role          text        not null check (role in ('viewer', 'ops', 'finance', 'admin')),
    password_hash text        not null,
    created_at    timestamptz not null
);

-- What a registration with a partner left behind. Who the partner is stands in its file in partner-configs/, not here.
create table partner_connection (
    partner              text primary key,
    state                text        not null check (state in ('PLANNED', 'REGISTERED', 'UNREGISTERED')),
    used_token_a_hash    text,                       -- a TOKEN_A opens POST credentials once
    our_token_hash       text unique,                -- keyed hash of the token the partner calls us with
    previous_token_hash  text,                       -- still good until previous_token_until (decision A-09)
    previous_token_until timestamptz,
    offered_token_hash   text,                       -- a token we offer in a handshake that is not finished
    their_token          bytea,                      -- encrypted; the token we call the partner with
    versions_url         text,
    version              text,
    endpoints            text,                       -- JSON: the endpoints of the partner's version details
    roles                text,                       -- JSON: the roles of the partner's credentials
    registered_at        timestamptz,
    updated_at           timestamptz not null
);
create index partner_connection_previous_token on partner_connection (previous_token_hash);
