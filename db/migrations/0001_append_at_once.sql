-- A batch of which nothing stands out goes in by one statement a table; in a loop with a savepoint
-- for each act, PostgreSQL spent twice the time. Where anything stands out (a key that is known, a
-- limit that has passed, a position that moved, a version or tag that is there), each act is judged
-- for itself.
alter function log.append(jsonb) rename to append_each;
--> statement-breakpoint
-- Appends a batch of decided commands; each is judged, taken or refused for itself.
-- A command: {key, content, answer, lock, exclusive, project, seen, validBefore, clock, events, acts};
-- times are ISO text, bytes are base64. {positions, clock} where all are taken: the positions of
-- their events, in order; else {answers, clock}, as `log.append_each` gives them.
create function log.append(commands jsonb) returns jsonb language plpgsql as $$
declare
  k record; moment timestamptz; at_positions bigint[];
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
  -- Scalar subqueries: PostgreSQL would answer an EXISTS among ORs by hashing the whole table.
  perform from jsonb_to_recordset(commands) as c(
    key text, project text, "validBefore" timestamptz, seen bigint, events jsonb)
  where (select true from work.acts a where a.key = decode(c.key, 'base64'))
    or c."validBefore" <= coalesce(
      (select coalesce(t.frozen_at, moment + make_interval(secs => t.offset_ms / 1000.0))
        from log.clocks t where t.project = c.project), moment)
    or c.seen <> coalesce((select max(position) from log.events e where e.project = c.project), 0)
    or ((c.events->0->>'version')::int > 0 and (
      select true from log.events e where e.stream = c.events->0->>'stream'
        and e.version = (c.events->0->>'version')::int - 1) is null);
  if found then return log.append_each(commands); end if;
  begin
    with placed as (
      insert into log.events (stream, version, project, digest, recorded_at, body, salt, sealed, tag)
      select e.stream, e.version, e.project, decode(e.digest, 'base64'), e."recordedAt", e.body,
        decode(e.salt, 'base64'), decode(e.sealed, 'base64'), decode(e.tag, 'base64')
      from jsonb_array_elements(commands) with ordinality c(command, i),
        jsonb_to_recordset(command->'events') as e(stream text, version int, project text,
          digest text, "recordedAt" timestamptz, body text, salt text, sealed text, tag text)
      order by i, e.version
      returning position)
    select array_agg(position order by position) from placed into at_positions;
    insert into log.acts (digest, bytes, container, sealed)
    select decode(a.digest, 'base64'), decode(a.bytes, 'base64'), decode(a.container, 'base64'),
      coalesce(a.sealed, false)
    from jsonb_array_elements(commands) c,
      jsonb_to_recordset(c->'acts') as a(digest text, bytes text, container text, sealed boolean)
    on conflict do nothing;
    insert into log.clocks (project, offset_ms, frozen_at)
    select c.project, (c.clock->>'offsetMs')::bigint, (c.clock->>'frozenAt')::timestamptz
    from jsonb_to_recordset(commands) as c(project text, clock jsonb) where c.clock is not null
    on conflict (project) do update
      set offset_ms = excluded.offset_ms, frozen_at = excluded.frozen_at;
    insert into work.acts (key, content, answer)
    select decode(c.key, 'base64'), decode(c.content, 'base64'), c.answer
    from jsonb_to_recordset(commands) as c(key text, content text, answer text)
    where c.key is not null;
  exception when unique_violation then
    return log.append_each(commands);
  end;
  return jsonb_build_object(
    'positions', to_jsonb(coalesce(at_positions, '{}')), 'clock', clock_timestamp());
end $$;
--> statement-breakpoint
-- Random bytes do not shrink: no time is spent on trying.
alter table log.events alter column sealed set storage external;
--> statement-breakpoint
alter table log.acts alter column bytes set storage external;
