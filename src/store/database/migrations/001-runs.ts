/** Runs, their shards, datasets, and what is counted for an owner. Times are those of the database. */
export const runsMigration = `
create table maskscore.evaluation(
  id uuid primary key,
  -- 'run', or 'check' of the ground truth of a dataset
  kind text not null,
  owner text not null,
  name text,
  state text not null,
  revision int not null default 0,
  -- As the caller wrote them: jsonb would sort the keys.
  options json not null,
  sources json not null,
  dataset_owner text,
  dataset text,
  version int,
  items int,
  bytes bigint,
  matching json,
  -- Rises when lost work is delivered again.
  generation int not null default 0,
  counts json,
  headline json,
  complete boolean,
  problem json,
  sources_gone boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz);
create index evaluation_by_owner on maskscore.evaluation(owner, created_at desc, id);
create index evaluation_by_dataset on maskscore.evaluation(dataset_owner, dataset, version) where dataset is not null;
create index evaluation_active on maskscore.evaluation(state)
  where state in ('receiving', 'matching', 'running', 'finishing');

create table maskscore.shard(
  evaluation uuid not null references maskscore.evaluation on delete cascade,
  index int not null,
  first int not null,
  count int not null,
  -- Of its lines in the manifest.
  place bigint not null,
  length int not null,
  -- Of the files of its items.
  bytes bigint not null,
  -- 'waiting', 'done', 'lost'
  state text not null default 'waiting',
  progress int not null default 0,
  failed int not null default 0,
  loss float8 not null default 0,
  losses int not null default 0,
  -- Begun and not ended in order.
  attempts int not null default 0,
  -- Rows that there were when it was begun last.
  kept int not null default 0,
  -- Attempts in a row that left no row.
  stuck int not null default 0,
  -- Items that were about to be scored when a process ended, once for each time.
  suspects int[] not null default '{}',
  -- Name of its file of rows.
  result text,
  primary key(evaluation, index));
create index shard_waiting on maskscore.shard(evaluation) where state = 'waiting';

create table maskscore.dataset(
  owner text not null,
  name text not null,
  settings json not null,
  submitters text[] not null,
  created_at timestamptz not null default now(),
  primary key(owner, name));

create table maskscore.dataset_version(
  owner text not null,
  name text not null,
  version int not null,
  -- The run that checks it, whose folder holds its files.
  evaluation uuid not null,
  -- 'checking', 'ready', 'failed'
  state text not null,
  items int,
  fingerprint text,
  problem json,
  created_at timestamptz not null default now(),
  primary key(owner, name, version),
  foreign key(owner, name) references maskscore.dataset(owner, name) on delete cascade);

create table maskscore.entry(
  owner text not null,
  name text not null,
  version int not null,
  evaluation uuid not null references maskscore.evaluation on delete cascade,
  submitter text not null,
  scores json not null,
  complete boolean not null,
  primary key(owner, name, version, evaluation));

create table maskscore.idempotency(
  owner text not null,
  key text not null,
  fingerprint text,
  evaluation uuid,
  created_at timestamptz not null default now(),
  -- Of a request that still arrives.
  alive_at timestamptz not null default now(),
  primary key(owner, key));

create table maskscore.blob(
  key text primary key,
  owner text not null,
  evaluation uuid references maskscore.evaluation on delete cascade,
  bytes bigint not null);
create index blob_by_owner on maskscore.blob(owner);
`
