-- What the index follows, everything that was logged there, and how far it has come.

create table chain_identity (
  only_row  integer  not null primary key check (only_row = 1),
  chain_id  bigint   not null,
  genesis   ${bytes} not null,
  directory ${bytes} not null
);

-- number and hash: last block indexed. verified_through: last block at which every history was
-- compared with its proven head. final_*: last block seen to be final.
create table checkpoint (
  only_row         integer  not null primary key check (only_row = 1),
  number           bigint   not null,
  hash             ${bytes} not null,
  time             bigint   not null,
  verified_through bigint   not null,
  final_number     bigint   not null,
  final_hash       ${bytes} not null
);

-- Every block with a log of ours, the recent ones, and the one verified through.
create table block (
  number      bigint   not null primary key,
  hash        ${bytes} not null,
  parent_hash ${bytes} not null,
  time        bigint   not null
);

create index block_time on block (time);

create table followed_contract (
  address    ${bytes} not null primary key,
  kind       text     not null,
  born_block bigint   not null
);

-- Append-only: a row is never changed, and goes only when its block leaves the chain.
create table journal (
  block_number bigint   not null,
  log_index    integer  not null,
  tx_hash      ${bytes} not null,
  tx_index     integer  not null,
  address      ${bytes} not null,
  topic0       ${bytes},
  topic1       ${bytes},
  topic2       ${bytes},
  topic3       ${bytes},
  data         ${bytes} not null,
  primary key (block_number, log_index)
);

create index journal_contract on journal (address, block_number, log_index);
create index journal_kind on journal (topic0, block_number, log_index);
create index journal_first on journal (topic1, block_number, log_index) where topic1 is not null;
create index journal_second on journal (topic2, block_number, log_index) where topic2 is not null;
create index journal_third on journal (topic3, block_number, log_index) where topic3 is not null;

-- The history head of a contract after each block that changed it.
create table history_head (
  contract     ${bytes} not null,
  block_number bigint   not null,
  head         ${bytes} not null,
  primary key (contract, block_number)
) ${clustered};

create index history_head_block on history_head (block_number);

-- Which projections the tables were filled by.
create table projection (
  version text not null primary key
);
