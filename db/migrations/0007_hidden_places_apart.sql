-- Places of hidden events stand apart from those of open ones: whoever reads what happened goes
-- through the open ones alone, and what is hidden from him costs him nothing, not even a look.
create unlogged table work.live_hidden (
  seq bigint primary key,
  position bigint not null unique
);
--> statement-breakpoint
insert into work.live_hidden (seq, position)
select l.seq, l.position from work.live l join log.events e on e.position = l.position
where e.sealed is not null;
--> statement-breakpoint
delete from work.live l using work.live_hidden h where h.seq = l.seq;
--> statement-breakpoint
-- Gives live positions to every event that no running transaction can still precede, and answers
-- those after `seen`, at most `most`; one row more, without a place, where there are none. Within a
-- stream positions rise with versions, so their order is the stream's.
-- @param seen_epoch the epoch that `seen` belongs to; of another one nothing is answered
-- @param teller who tells the other processes, or null: it hears its own note too and may pass it by
create or replace function log.take_live(seen_epoch text, seen bigint, most int, teller text)
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
  select greatest(
    coalesce((select max(l.seq) from work.live l), 0),
    coalesce((select max(h.seq) from work.live_hidden h), 0)) into last;
  with fresh as materialized (
    select e.position, e.sealed is not null as is_hidden,
      last + row_number() over (order by e.position) as place
    from log.events e
    where e.xid >= low and e.xid < horizon
      and not exists (select from work.live l where l.position = e.position)
      and not exists (select from work.live_hidden h where h.position = e.position)
  ),
  opened as (
    insert into work.live (seq, position)
    select place, position from fresh where not is_hidden order by place),
  kept as (
    insert into work.live_hidden (seq, position)
    select place, position from fresh where is_hidden order by place)
  select count(*) into given from fresh;
  head := last + given;
  if low < horizon then update work.live_cursor c set xid = horizon; end if;
  if given > 0 and teller is not null then perform pg_notify('yangguang_live', teller); end if;
  return query
    select take_live.epoch, take_live.head, n.seq, n.position
    from (values (1)) as one
    left join lateral (
      select both_kinds.seq, both_kinds.position from (
        (select l.seq, l.position from work.live l
          where l.seq > seen and take_live.epoch = seen_epoch order by l.seq limit most)
        union all
        (select h.seq, h.position from work.live_hidden h
          where h.seq > seen and take_live.epoch = seen_epoch order by h.seq limit most)
      ) both_kinds order by both_kinds.seq limit most) n on true
    order by n.seq;
end $$;
--> statement-breakpoint
-- What happened between two live positions, in order, at most `most` events: the open ones, and the
-- hidden ones of the streams that are named. One row without a place where the order has ended. How
-- it reads is fixed, whatever the planner takes the tables to hold: it meets no row of a hidden
-- event but the caller's own, so that its time tells nothing of anybody else's.
create function log.live_since(seen_epoch text, seen bigint, upto bigint, own text[], most int)
returns table (seq bigint, "position" bigint, stream text, project text, digest bytea, body text,
  salt bytea, sealed bytea)
language plpgsql
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
  perform from work.live_cursor c where c.epoch = seen_epoch;
  if not found then
    return query select null::bigint, null::bigint, null::text, null::text, null::bytea, null::text,
      null::bytea, null::bytea;
    return;
  end if;
  return query
    with places as materialized (
      select l.seq, l.position from work.live l
      where l.seq > seen and l.seq <= upto order by l.seq limit most
    ),
    mine as materialized (
      select e.position, e.stream, e.project, e.digest, e.sealed,
        (select h.seq from work.live_hidden h where h.position = e.position) as seq
      from log.events e where e.stream = any(own)
    )
    select n.* from (
      select p.seq, e.position, e.stream, e.project, e.digest, e.body, e.salt, null::bytea as sealed
      from places p
      cross join lateral (select * from log.events x where x.position = p.position) e
      union all
      (select m.seq, m.position, m.stream, m.project, m.digest, null, null, m.sealed
        from mine m where m.seq > seen and m.seq <= upto order by m.seq limit most)
    ) n order by n.seq limit most;
end $$;
