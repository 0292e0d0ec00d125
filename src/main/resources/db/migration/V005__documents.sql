-- OCPI objects as the JSON text they came as (D1), beside the columns the hub looks for.
create table document (
    module       text        not null,
    owner        text        not null,                -- country_code*party_id in upper case
    id           text        not null,                -- folded to upper case; a token's is UID/TYPE
    spelled      text        not null,                -- the id as its owner writes it, a token's without its type
    serial       bigint generated always as identity, -- creation order: pages stay stable while objects change
    recipient    text,                                -- the only eMSP party that may read it (sessions, CDRs)
    source       text        not null,                -- the partner it came from, or 'hub'
    body         text        not null,                -- a Location's without evses and last_updated: those are columns and rows
    last_updated text        not null,                -- as sent
    updated_at   timestamptz not null,                -- last_updated as an instant
    deleted      boolean     not null default false,
    primary key (module, owner, id)
);
create unique index document_page on document (module, serial) include (owner, deleted, recipient);
create index document_updated on document (module, updated_at);
create index document_id on document (module, id);

-- EVSEs are rows of their own: a status change rewrites a small row and not the whole site.
create table evse (
    owner        text        not null,
    location     text        not null,
    uid          text        not null,                -- folded to upper case
    spelled      text        not null,                -- as its owner writes it
    position     integer     not null,
    body         text        not null,
    status       text        not null,
    primary key (owner, location, uid)
);

-- Which charger is which EVSE. Kept apart from the documents: no OCPP identity leaves in OCPI (D12).
create table station_binding (
    source       text    not null,                    -- the partner whose chargers these are
    station      text    not null,
    evse_id      integer not null,                    -- OCPP: evse.id, or connectorId in 1.6
    connector_id integer not null default 0,          -- 0 = any connector of the EVSE
    owner        text    not null,
    location     text    not null,
    evse_uid     text    not null,
    primary key (source, station, evse_id, connector_id)
);
create index station_binding_location on station_binding (owner, location);
