-- What the contracts tell of a round's regime, of what an investor agreed to, of a class's documents, and of orders to
-- remove a trustee. The projections fill it in from the journal.

alter table round add column regime text not null default '';

-- category: the person's when shares were last added, as the registry counts them.
alter table commitment add column consent boolean not null default false;
alter table commitment add column category integer not null default 0;

-- ERC-1643. hash is zero once a document is removed.
create table share_document (
  share_class  ${bytes} not null,
  name         ${bytes} not null,
  block_number bigint   not null,
  uri          text     not null,
  hash         ${bytes} not null,
  set_at       bigint   not null,
  primary key (share_class, name, block_number)
) ${clustered};

-- executable_from is 0 once the order is executed.
create table trust_removal (
  trust           ${bytes} not null,
  trustee         ${bytes} not null,
  block_number    bigint   not null,
  executable_from bigint   not null,
  document_hash   ${bytes} not null,
  primary key (trust, trustee, block_number)
) ${clustered};
