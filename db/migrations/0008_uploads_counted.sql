-- What is uploaded for a lot, a row an upload: its name and content are explained by the platform's
-- key alone, all rows are of one size, and none tells which belong to one bidder or how many there are.
drop table work.quotas;
--> statement-breakpoint
create table work.quotas (
  key bytea primary key,
  sealed bytea not null
);
--> statement-breakpoint
-- Files of tender documents: what a project has sent up, that no draft fills the disk, and since
-- when, that what no document names goes again.
create table work.document_files (
  project text not null,
  file text not null,
  bytes bigint not null,
  at timestamptz not null default clock_timestamp(),
  is_kept boolean not null default false,
  primary key (project, file)
);
--> statement-breakpoint
create index document_files_by_file on work.document_files (file);
