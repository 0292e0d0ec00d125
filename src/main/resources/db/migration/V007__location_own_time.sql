-- updated_at of a Location moves with its EVSEs. Whether a pushed Location is older than the stored one is decided by the time
-- the Location itself came with, or the newest EVSE status would make stale master data look acceptable, or fresh data stale.
-- Null for other modules and for Locations stored before this column: then updated_at decides.
alter table document add column own_updated_at timestamptz;
