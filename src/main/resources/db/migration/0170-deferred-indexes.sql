-- Secondary indexes that were dropped for a backfill, and how to build them after it.
create table deferred_index (
  name       text not null primary key,
  definition text not null
);
