-- What the application may do, by schema. Run after each migration; safe to repeat.
do $$ begin create role yangguang_app nologin; exception when duplicate_object then null; end $$;
do $$ begin execute format('grant yangguang_app to %I', current_user); exception when others then null; end $$;
grant usage on schema log, ledger, person, read, work to yangguang_app;
revoke all on all tables in schema log from yangguang_app;
grant select, insert on log.events, log.acts to yangguang_app;
grant select, insert, update on log.clocks to yangguang_app;
grant select, insert on ledger.leaves to yangguang_app;
grant select, insert, delete on ledger.ticks to yangguang_app;
grant select, update on ledger.fence to yangguang_app;
grant select, insert, delete on person.values, person.secrets to yangguang_app;
grant select, insert, update, delete, truncate on all tables in schema read to yangguang_app;
grant select, insert, update, delete on all tables in schema work to yangguang_app;
grant execute on function log.append(jsonb), log.append_each(jsonb),
  log.take_live(text, bigint, int, text), log.live_since(text, bigint, bigint, text[], int),
  ledger.enter(bigint, bigint, bigint[], text[], text[], bigint[], int[])
  to yangguang_app;
alter default privileges in schema read
  grant select, insert, update, delete, truncate on tables to yangguang_app;
alter default privileges in schema work
  grant select, insert, update, delete on tables to yangguang_app;
