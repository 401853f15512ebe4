-- The whole batch in one statement: its JSON is read once, and no savepoint is made. Where anything
-- stands out, each act is judged for itself, as before. A version, key or tag that another
-- transaction has put there in this very moment ends the call (unique_violation): the caller then
-- calls `log.append_each`.
create or replace function log.append(commands jsonb) returns jsonb language plpgsql as $$
declare
  k record; moment timestamptz; at_positions bigint[]; stands_out boolean;
begin
  -- Locks in one order for all batches, so that two of them never wait for each other.
  for k in
    select c.lock, bool_or(c.exclusive) as exclusive
    from jsonb_to_recordset(commands) as c(lock bigint, exclusive boolean)
    where c.lock is not null group by c.lock order by c.lock
  loop
    if k.exclusive then perform pg_advisory_xact_lock(k.lock);
    else perform pg_advisory_xact_lock_shared(k.lock);
    end if;
  end loop;
  moment := clock_timestamp();
  with c as materialized (
    select * from rows from (jsonb_to_recordset(commands) as (
      key text, content text, answer text, project text, "validBefore" timestamptz, seen bigint,
      clock jsonb, events jsonb, acts jsonb)) with ordinality
      as c(key, content, answer, project, "validBefore", seen, clock, events, acts, i)),
  -- Scalar subqueries: PostgreSQL would answer an EXISTS among ORs by hashing the whole table.
  odd as materialized (
    select true as yes from c
    where (select true from work.acts a where a.key = decode(c.key, 'base64'))
      or c."validBefore" <= coalesce(
        (select coalesce(t.frozen_at, moment + make_interval(secs => t.offset_ms / 1000.0))
          from log.clocks t where t.project = c.project), moment)
      or c.seen <> coalesce((select max(position) from log.events e where e.project = c.project), 0)
      or ((c.events->0->>'version')::int > 0 and (
        select true from log.events e where e.stream = c.events->0->>'stream'
          and e.version = (c.events->0->>'version')::int - 1) is null)
    limit 1),
  placed as (
    insert into log.events (stream, version, project, digest, recorded_at, body, salt, sealed, tag)
    select e.stream, e.version, e.project, decode(e.digest, 'base64'), e."recordedAt", e.body,
      decode(e.salt, 'base64'), decode(e.sealed, 'base64'), decode(e.tag, 'base64')
    from c, jsonb_to_recordset(c.events) as e(stream text, version int, project text,
        digest text, "recordedAt" timestamptz, body text, salt text, sealed text, tag text)
    where (select yes from odd) is null
    order by c.i, e.version
    returning position),
  kept as (
    insert into log.acts (digest, bytes, container, sealed)
    select decode(a.digest, 'base64'), decode(a.bytes, 'base64'), decode(a.container, 'base64'),
      coalesce(a.sealed, false)
    from c, jsonb_to_recordset(c.acts) as a(digest text, bytes text, container text, sealed boolean)
    where (select yes from odd) is null
    on conflict do nothing),
  clocks as (
    insert into log.clocks (project, offset_ms, frozen_at)
    select c.project, (c.clock->>'offsetMs')::bigint, (c.clock->>'frozenAt')::timestamptz
    from c where c.clock is not null and (select yes from odd) is null
    on conflict (project) do update
      set offset_ms = excluded.offset_ms, frozen_at = excluded.frozen_at),
  keys as (
    insert into work.acts (key, content, answer)
    select decode(c.key, 'base64'), decode(c.content, 'base64'), c.answer
    from c where c.key is not null and (select yes from odd) is null)
  select array_agg(position order by position), (select yes from odd)
  from placed into at_positions, stands_out;
  if stands_out then return log.append_each(commands); end if;
  return jsonb_build_object(
    'positions', to_jsonb(coalesce(at_positions, '{}')), 'clock', clock_timestamp());
end $$;
