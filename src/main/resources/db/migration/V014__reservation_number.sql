-- What a charger is told instead of the eMSP's reservation id: two eMSPs may use the same one (CMD-17).
create table reservation_number (
    number      integer generated always as identity primary key,
    cpo         text not null,
    emsp        text not null,
    reservation text not null,                        -- folded
    unique (cpo, emsp, reservation)
);
