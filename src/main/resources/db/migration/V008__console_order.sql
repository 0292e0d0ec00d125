-- The console shows the newest of these every second.
create index held_since on held (since);
create index unresolved_since on unresolved (since);
