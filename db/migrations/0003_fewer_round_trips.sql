-- The live order lives as long as the server's memory of it: without a write-ahead log of its own it
-- costs no commit a flush, and after a crash it is empty and begins a new epoch, so that no cursor of
-- the old order is read in the new one.
alter table work.live set unlogged;
--> statement-breakpoint
alter table work.live_cursor set unlogged;
--> statement-breakpoint
alter table work.live_cursor add column epoch text not null
  default substr(md5(random()::text || clock_timestamp()::text), 1, 8);
--> statement-breakpoint
drop function log.assign_live();
--> statement-breakpoint
-- Gives live positions to every event that no running transaction can still precede, and answers
-- those after `seen`, at most `most`; one row more, without an event, where there are none. Within a
-- stream positions rise with versions, so their order is the stream's.
-- @param seen_epoch the epoch that `seen` belongs to; of another one nothing is answered
-- @param teller who tells the other processes, or null: it hears its own note too and may pass it by
create function log.take_live(seen_epoch text, seen bigint, most int, teller text)
returns table (epoch text, head bigint, seq bigint, "position" bigint, stream text, project text,
  digest bytea, body text, salt bytea, sealed bytea)
language plpgsql as $$
#variable_conflict use_column
declare horizon xid8; low xid8; last bigint; given bigint;
begin
  perform pg_advisory_xact_lock(727002);
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  select c.xid, c.epoch into low, take_live.epoch from work.live_cursor c;
  if not found then
    insert into work.live_cursor as c (xid) values (horizon)
      returning c.xid, c.epoch into low, take_live.epoch;
  end if;
  select coalesce(max(l.seq), 0) into last from work.live l;
  with fresh as (
    select e.position from log.events e
    where e.xid >= low and e.xid < horizon
      and not exists (select from work.live l where l.position = e.position)
    order by e.position
  )
  insert into work.live (seq, position)
  select last + row_number() over (order by position), position from fresh;
  get diagnostics given = row_count;
  head := last + given;
  if low < horizon then update work.live_cursor c set xid = horizon; end if;
  if given > 0 and teller is not null then perform pg_notify('yangguang_live', teller); end if;
  return query
    select take_live.epoch, take_live.head, l.seq, e.position, e.stream, e.project, e.digest, e.body,
      e.salt, e.sealed
    from (values (1)) as one
    left join (work.live l join log.events e on e.position = l.position)
      on l.seq > seen and take_live.epoch = seen_epoch
    order by l.seq limit most;
end $$;
--> statement-breakpoint
-- Writes the rows of one or several ticks and the leaves of the last, where the epoch still holds.
-- Hashes come as hex. @returns false where another process has taken the fence
create function ledger.enter(mine bigint, first bigint, moments bigint[], entries text[],
  roots text[], positions bigint[], slots int[]) returns boolean language plpgsql as $$
declare entered bigint;
begin
  perform from ledger.fence f where f.epoch = mine for update;
  if not found then return false; end if;
  insert into ledger.ticks (index, tick_ms, entry, root)
  select first + t.i - 1, t.moment, decode(t.entry, 'hex'), decode(t.root, 'hex')
  from unnest(moments, entries, roots) with ordinality as t(moment, entry, root, i);
  if cardinality(positions) > 0 then
    insert into ledger.leaves (position, digest, tick, slot)
    select e.position, e.digest, first + cardinality(moments) - 1, s.slot
    from unnest(positions, slots) as s(position, slot) join log.events e on e.position = s.position;
    get diagnostics entered = row_count;
    if entered <> cardinality(positions) then raise exception 'an event of the batch is missing'; end if;
  end if;
  return true;
end $$;
