-- The live order answers places alone: a process knows the events that it has just written itself, and
-- reads those of others by their positions.
drop function log.take_live(text, bigint, int, text);
--> statement-breakpoint
-- Gives live positions to every event that no running transaction can still precede, and answers
-- those after `seen`, at most `most`; one row more, without a place, where there are none. Within a
-- stream positions rise with versions, so their order is the stream's.
-- @param seen_epoch the epoch that `seen` belongs to; of another one nothing is answered
-- @param teller who tells the other processes, or null: it hears its own note too and may pass it by
create function log.take_live(seen_epoch text, seen bigint, most int, teller text)
returns table (epoch text, head bigint, seq bigint, "position" bigint)
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
    select take_live.epoch, take_live.head, l.seq, l.position
    from (values (1)) as one
    left join work.live l on l.seq > seen and take_live.epoch = seen_epoch
    order by l.seq limit most;
end $$;
