-- Since when the tokens of a connection are in force, so that old ones are replaced (CRED-29).
alter table partner_connection add column token_since timestamptz not null default now();
