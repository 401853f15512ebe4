-- Schemas by lifetime; grants follow in db/roles.sql.
create schema log;
--> statement-breakpoint
create schema ledger;
--> statement-breakpoint
create schema person;
--> statement-breakpoint
create schema read;
--> statement-breakpoint
create schema work;
--> statement-breakpoint
create extension if not exists pg_trgm;
--> statement-breakpoint
-- One row an event. Acts with a hidden audience (bids, drafts, downloads, questions) stand in the
-- same table as all others of their kind: no project, no lot, a nameless stream, an encrypted and
-- padded body. `position` orders reading, `xid` tells which rows no running transaction can still
-- precede.
create table log.events (
  position bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  stream text not null,
  version integer not null check (version >= 0),
  project text,
  digest bytea not null check (length(digest) = 32),
  recorded_at timestamptz not null,
  body text,
  salt bytea check (length(salt) = 32),
  sealed bytea,
  tag bytea,
  constraint one_event_a_version unique (stream, version),
  constraint one_event_a_tag unique (tag),
  constraint open_or_sealed check ((body is null) = (sealed is not null) and (body is null) = (salt is null))
);
--> statement-breakpoint
create index events_of_project on log.events (project, position) where project is not null;
--> statement-breakpoint
create index events_by_transaction on log.events (xid);
--> statement-breakpoint
-- The signed bytes behind events: act and its CMS container, or both sealed and padded.
create table log.acts (
  digest bytea primary key,
  bytes bytea not null,
  container bytea,
  sealed boolean not null default false
);
--> statement-breakpoint
create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'log.% is append only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
create trigger events_append_only before update or delete or truncate on log.events
  for each statement execute function log.refuse_change();
--> statement-breakpoint
create trigger acts_append_only before update or delete or truncate on log.acts
  for each statement execute function log.refuse_change();
--> statement-breakpoint
-- The fence: who may tick is whoever raised the epoch last.
create table ledger.fence (
  one boolean primary key default true check (one),
  epoch bigint not null default 0
);
--> statement-breakpoint
insert into ledger.fence default values;
--> statement-breakpoint
create table ledger.ticks (
  index bigint primary key,
  tick_ms bigint not null unique,
  entry bytea not null check (length(entry) = 41),
  root bytea not null check (length(root) = 32)
);
--> statement-breakpoint
create table ledger.leaves (
  position bigint primary key,
  digest bytea not null,
  tick bigint not null,
  slot integer not null check (slot between 0 and 4095),
  constraint one_leaf_an_event unique (digest),
  constraint one_event_a_slot unique (tick, slot)
);
--> statement-breakpoint
-- Live positions: an order of committed events without gaps, given on demand by the bus.
create table work.live (
  seq bigint primary key,
  position bigint not null unique
);
--> statement-breakpoint
create table work.live_cursor (
  one boolean primary key default true check (one),
  xid xid8 not null default '0'
);
--> statement-breakpoint
insert into work.live_cursor default values;
--> statement-breakpoint
-- Gives every event that no running transaction can still precede its live position. Within a
-- stream positions rise with versions, so their order is the stream's.
create function log.assign_live() returns bigint language plpgsql as $$
declare horizon xid8; low xid8; last bigint; given bigint;
begin
  perform pg_advisory_xact_lock(727002);
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  select xid into low from work.live_cursor;
  select coalesce(max(seq), 0) into last from work.live;
  with fresh as (
    select e.position from log.events e
    where e.xid >= low and e.xid < horizon
      and not exists (select from work.live l where l.position = e.position)
    order by e.position
  )
  insert into work.live (seq, position)
  select last + row_number() over (order by position), position from fresh;
  get diagnostics given = row_count;
  update work.live_cursor set xid = horizon where xid < horizon;
  return given;
end $$;
--> statement-breakpoint
-- Personal values; events hold their salted digest. Deleting a row erases the value, not the proof.
create table person.values (
  digest bytea primary key,
  salt bytea not null,
  value text not null
);
--> statement-breakpoint
-- The trade clock of a project, kept by the store itself with ClockMoved.
create table log.clocks (
  project text primary key,
  offset_ms bigint not null default 0,
  frozen_at timestamptz
);
--> statement-breakpoint
create table work.acts (
  key bytea primary key,
  content bytea not null,
  answer text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
--> statement-breakpoint
create table work.sessions (
  id_hash bytea primary key,
  identity text not null,
  csrf text not null,
  -- HMACs of party and of party and person, so that who loses a right is signed out at once.
  party bytea not null,
  member bytea not null,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
--> statement-breakpoint
create table work.challenges (
  id_hash bytea primary key,
  kind text not null,
  value text not null,
  expires_at timestamptz not null
);
--> statement-breakpoint
create table work.drafts (
  key bytea primary key,
  sealed bytea not null,
  saved_at timestamptz not null default clock_timestamp()
);
--> statement-breakpoint
-- Secrets released before all may see them: encrypted under a key outside the database.
create table work.releases (
  key bytea primary key,
  sealed bytea not null
);
--> statement-breakpoint
-- Blobs that arrived whole. Only the platform's key tells whose and for which lot: 'key' is an HMAC
-- of party and blob, 'mark' one of lot, party and blob. No time, no name.
create table work.uploads (
  key bytea primary key,
  mark bytea not null,
  bytes bigint not null,
  root bytea not null check (length(root) = 32)
);
--> statement-breakpoint
-- Receipts as they were first given, so that a retry gets the same bytes; sealed, in whole 4 KiB.
create table work.receipts (
  key bytea primary key,
  sealed bytea not null
);
--> statement-breakpoint
-- Side rows that stay secret: s and keys of opened bids. Events hold their salted digest.
create table person.secrets (
  digest bytea primary key,
  sealed bytea not null
);
--> statement-breakpoint
create table work.settings (
  name text primary key,
  value text not null
);
--> statement-breakpoint
create table read.trades (
  id text primary key,
  title_zh text not null,
  title_en text not null,
  regime text not null,
  method text not null,
  object_kind text not null,
  region text not null,
  purchaser text not null,
  agency text not null,
  budget_fen bigint not null,
  stage text not null,
  published_at text,
  deadline text,
  grams text[] not null,
  search text not null,
  updated_position bigint not null
);
--> statement-breakpoint
create index trades_grams on read.trades using gin (grams);
--> statement-breakpoint
create index trades_search on read.trades using gin (search gin_trgm_ops);
--> statement-breakpoint
create index trades_newest on read.trades (published_at desc, id);
--> statement-breakpoint
-- Projects by their parties, drafts too: what each of them finds under its own name.
create table read.projects (
  id text primary key,
  purchaser text not null,
  agency text not null,
  trading_centre text not null,
  created_at text not null
);
--> statement-breakpoint
-- Appends a batch of decided commands; each is judged, taken or refused for itself.
-- A command: {key, content, answer, lock, exclusive, project, seen, expect, streams, validBefore,
-- clock, events, acts}; times are ISO text. Answers, in order: {taken:true, at}, or
-- {taken:false, why:'stale'|'late'|'repeated'|'key-reused'|'tag-reused', answer?}.
create function log.append(commands jsonb) returns jsonb language plpgsql as $$
declare
  c jsonb; e jsonb; k jsonb; answers jsonb := '[]'; moment timestamptz; trade timestamptz;
  shift bigint; frozen timestamptz; old record; failed text; at_position bigint; positions jsonb;
begin
  -- Locks in one order for all batches, so that two of them never wait for each other.
  for k in
    select jsonb_build_object('lock', x->>'lock', 'exclusive', bool_or((x->>'exclusive')::boolean))
    from jsonb_array_elements(commands) x where x->>'lock' is not null
    group by x->>'lock' order by (x->>'lock')::bigint
  loop
    if (k->>'exclusive')::boolean then perform pg_advisory_xact_lock((k->>'lock')::bigint);
    else perform pg_advisory_xact_lock_shared((k->>'lock')::bigint);
    end if;
  end loop;
  for c in select * from jsonb_array_elements(commands) loop
    if c->>'key' is not null then
      select content, answer into old from work.acts where key = decode(c->>'key', 'base64');
      if found then
        answers := answers || case when encode(old.content, 'base64') = c->>'content'
          then jsonb_build_object('taken', false, 'why', 'repeated', 'answer', old.answer)
          else jsonb_build_object('taken', false, 'why', 'key-reused') end;
        continue;
      end if;
    end if;
    moment := clock_timestamp();
    if c->>'validBefore' is not null then
      shift := 0; frozen := null;
      if c->>'project' is not null then
        select offset_ms, frozen_at into shift, frozen from log.clocks where project = c->>'project';
      end if;
      trade := coalesce(frozen, moment + make_interval(secs => coalesce(shift, 0) / 1000.0));
      if trade >= (c->>'validBefore')::timestamptz then
        answers := answers || jsonb_build_object('taken', false, 'why', 'late');
        continue;
      end if;
    end if;
    if c->>'seen' is not null and (c->>'seen')::bigint <> coalesce(
      (select max(position) from log.events where project = c->>'project'), 0) then
      answers := answers || jsonb_build_object('taken', false, 'why', 'stale');
      continue;
    end if;
    begin
      positions := '[]';
      for e in select * from jsonb_array_elements(c->'events') loop
        if (e->>'version')::int > 0 and not exists (
          select from log.events where stream = e->>'stream' and version = (e->>'version')::int - 1) then
          raise unique_violation using message = 'a version is missing', constraint = 'one_event_a_version';
        end if;
        insert into log.events (stream, version, project, digest, recorded_at, body, salt, sealed, tag)
        values (e->>'stream', (e->>'version')::int, e->>'project', decode(e->>'digest', 'base64'),
          (e->>'recordedAt')::timestamptz, e->>'body', decode(e->>'salt', 'base64'),
          decode(e->>'sealed', 'base64'), decode(e->>'tag', 'base64'))
        returning position into at_position;
        positions := positions || to_jsonb(at_position);
      end loop;
      for e in select * from jsonb_array_elements(coalesce(c->'acts', '[]')) loop
        insert into log.acts (digest, bytes, container, sealed)
        values (decode(e->>'digest', 'base64'), decode(e->>'bytes', 'base64'),
          decode(e->>'container', 'base64'), coalesce((e->>'sealed')::boolean, false))
        on conflict do nothing;
      end loop;
      if c->'clock' is not null then
        insert into log.clocks (project, offset_ms, frozen_at)
        values (c->>'project', (c->'clock'->>'offsetMs')::bigint, (c->'clock'->>'frozenAt')::timestamptz)
        on conflict (project) do update
          set offset_ms = excluded.offset_ms, frozen_at = excluded.frozen_at;
      end if;
      if c->>'key' is not null then
        insert into work.acts (key, content, answer)
        values (decode(c->>'key', 'base64'), decode(c->>'content', 'base64'), c->>'answer');
      end if;
      answers := answers || jsonb_build_object('taken', true, 'positions', positions);
    exception when unique_violation then
      get stacked diagnostics failed = constraint_name;
      answers := answers || jsonb_build_object('taken', false, 'why',
        case when failed = 'one_event_a_tag' then 'tag-reused' else 'stale' end);
    end;
  end loop;
  return jsonb_build_object('answers', answers, 'clock', clock_timestamp());
end $$;

--> statement-breakpoint
create table read.parties (
  id text primary key,
  kind text not null check (kind in ('organisation', 'person')),
  name text,
  roles text[] not null,
  roles_asked text[] not null default '{}',
  region text,
  specialties text[] not null default '{}',
  employer text,
  active boolean not null default true,
  is_demo boolean not null
);
--> statement-breakpoint
create index parties_by_role on read.parties using gin (roles);
--> statement-breakpoint
-- Who acts for whom; people are ids here, their names are personal values.
create table read.members (
  party text not null,
  person text not null,
  capacity text not null,
  primary key (party, person, capacity)
);
--> statement-breakpoint
create index members_of_person on read.members (person);
--> statement-breakpoint
create table read.passkeys (
  id text primary key,
  person text not null,
  party text not null
);
--> statement-breakpoint
create index passkeys_of_person on read.passkeys (person);
--> statement-breakpoint
create table read.certificates (
  sha256 text primary key,
  party text not null,
  use text not null check (use in ('sign', 'encrypt')),
  not_after text not null
);
--> statement-breakpoint
-- How often each passkey signed, by its own count: a count that falls back tells of a copy.
create table work.passkey_counters (
  id text primary key,
  counter bigint not null
);
--> statement-breakpoint
create index sessions_of_member on work.sessions (member);
--> statement-breakpoint
create index challenges_by_end on work.challenges (expires_at);
