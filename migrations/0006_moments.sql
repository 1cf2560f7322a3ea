-- Moments: what was there in a snapshot or at an instant, in any order, as quickly as what is there now.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- The cluster that handed out the transaction numbers beside each revision. In another one, where a dump
-- was restored, they mean something else.
ALTER TABLE installation ADD COLUMN system_identifier bigint;
UPDATE installation SET system_identifier = control.system_identifier FROM pg_control_system() AS control;

-- The order of the feed. Its last row also says up to which transaction everything is on disk. With the
-- instants in it, the first change since one is found without a look at the rows: ten times as fast.
CREATE UNIQUE INDEX revision_in_feed ON revision (position, seq) INCLUDE (recorded_at);
