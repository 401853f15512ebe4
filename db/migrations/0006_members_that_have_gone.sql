-- A member who has gone stays as a row that has ended: for whom a person has ever acted decides what a
-- log-in that one organisation vouches for may do in his name.
alter table read.members add column ended boolean not null default false;
--> statement-breakpoint
insert into read.members (party, person, capacity, ended)
select distinct substr(e.stream, 7), e.body::jsonb #>> '{data,person}',
  e.body::jsonb #>> '{data,capacity}', true
from log.events e
where e.stream like 'party:%' and e.body::jsonb ->> 'type' = 'MemberAdded'
on conflict do nothing;
--> statement-breakpoint
-- Sessions that are over go when the next one is made.
create index sessions_by_end on work.sessions (expires_at);
