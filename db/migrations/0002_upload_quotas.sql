-- How much each party has begun to upload for a lot, under a name that only the platform's key explains.
create table work.quotas (
  key bytea primary key,
  bytes bigint not null
);
