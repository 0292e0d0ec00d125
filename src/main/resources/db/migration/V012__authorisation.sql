-- Who was allowed to charge, by an answer in real time or by a command, apart from the token store: tokens of commands need never have
-- been pushed (A-62), and the reference that came with them belongs into Session and CDR (SES-21, CDR-22).
create table authorisation (
    id        bigint generated always as identity primary key,
    cpo       text        not null,
    emsp      text        not null,
    uid       text        not null,                   -- folded
    type      text        not null,
    location  text,                                   -- folded; null where none was named
    evse_uid  text,                                   -- folded; null where any EVSE of the location will do
    method    text        not null check (method in ('COMMAND', 'AUTH_REQUEST')),
    reference text,                                   -- authorization_reference, if one came with it
    token     text        not null,                   -- the Token as the eMSP gave it
    at        timestamptz not null
);
create index authorisation_card on authorisation (cpo, uid, at desc);
create index authorisation_at on authorisation (at);
