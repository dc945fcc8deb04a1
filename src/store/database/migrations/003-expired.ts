/** What is left of a run that has expired: enough to say so to those who could see it. */
export const expiredMigration = `
create table maskscore.expired(
  evaluation uuid primary key,
  owner text not null,
  dataset_owner text,
  dataset text,
  version int,
  -- Whether it stood on the leaderboard.
  stood boolean not null,
  expired_at timestamptz not null);
create index expired_by_owner on maskscore.expired(owner, expired_at desc);
create index expired_by_dataset on maskscore.expired(dataset_owner, dataset, version) where stood;
`
