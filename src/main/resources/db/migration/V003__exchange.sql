-- One row per OCPI request and response, in and out (D11). Partitioned by day so that retention drops partitions.
create table exchange (
    id             bigint generated always as identity,
    at             timestamptz not null,
    direction      text        not null,
    partner        text,
    module         text,
    method         text        not null,
    path           text        not null,
    object         text,
    request_id     text,
    correlation_id text,
    http_status    integer,
    ocpi_status    integer,
    duration_ms    integer     not null,
    attempt        integer     not null default 1,
    failure        text,
    request_body   text,
    response_body  text,
    primary key (at, id)
) partition by range (at);
create index exchange_partner on exchange (partner, at);
create index exchange_correlation on exchange (correlation_id);
-- Rows land here only if a day's partition is missing; the job that makes partitions says so.
create table exchange_default partition of exchange default;
