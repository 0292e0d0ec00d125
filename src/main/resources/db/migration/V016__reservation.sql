-- Reservations at chargers of backends without OCPI: the hub makes their Sessions (CMD-19, SES-03). One row is one RESERVE_NOW.
create table reservation (
    command     text        primary key,              -- under which the backend reports the result
    cpo         text        not null,
    emsp        text        not null,
    reservation text        not null,                 -- the eMSP's id, folded
    uid         text        not null,                 -- of the token that may charge, folded
    location    text        not null,                 -- folded
    evse_uid    text,                                 -- folded; null where any EVSE of the location will do
    request     text        not null,                 -- the command as it was sent
    asked_at    timestamptz not null,
    until       timestamptz not null,                 -- expiry_date
    state       text        not null check (state in ('ASKED', 'HELD', 'REPLACED', 'CHARGING', 'ENDED')),
    held_since  timestamptz,                          -- of the first, when one replaced another
    session     text                                  -- id of its Session, once it is held
);
create unique index reservation_held on reservation (cpo, emsp, reservation) where state = 'HELD';
create index reservation_card on reservation (cpo, uid) where state = 'HELD';
create index reservation_of on reservation (cpo, emsp, reservation);
create index reservation_until on reservation (until) where state = 'HELD';

-- The id of the Session that partners know a charging session by, when it came of a reservation; null: its own.
alter table charging_session add column reserved_as text;
create unique index charging_session_reserved on charging_session (owner, reserved_as) where reserved_as is not null;
