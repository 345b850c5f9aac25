-- Distributions to holders, with history: a row is what held after its block. Amounts are in the token's smallest unit.

-- A contract that holds all distributions of one share class in one token.
create table distribution_contract (
  address          ${bytes} not null,
  block_number     bigint   not null,
  company_id       bigint   not null,
  share_class      ${bytes} not null,
  settlement_token ${bytes} not null,
  primary key (address, block_number)
) ${clustered};

-- carried: dust that is kept for the next distribution. credited, paid: what the company is owed and was paid.
create table distribution_books (
  contract     ${bytes} not null,
  block_number bigint   not null,
  carried      ${bytes} not null,
  credited     ${bytes} not null,
  paid         ${bytes} not null,
  primary key (contract, block_number)
) ${clustered};

-- declared_*: the event by which the company declared it.
create table distribution (
  contract        ${bytes} not null,
  id              bigint   not null,
  block_number    bigint   not null,
  declared_block  bigint   not null,
  declared_index  integer  not null,
  declared_at     bigint   not null,
  kind            text     not null,
  status          text     not null,
  record_date     integer  not null,
  amount          ${bytes} not null,
  pool            ${bytes} not null,
  entitled_shares bigint   not null,
  treasury_shares bigint   not null,
  claims          integer  not null,
  paid            ${bytes} not null,
  withheld        ${bytes} not null,
  unclaimed       ${bytes} not null,
  treasury        ${bytes} not null,
  document_hash   ${bytes} not null,
  primary key (contract, id, block_number)
) ${clustered};

create index distribution_order on distribution (declared_block, declared_index);

create table distribution_claim (
  contract     ${bytes} not null,
  id           bigint   not null,
  holder       ${bytes} not null,
  block_number bigint   not null,
  log_index    integer  not null,
  payee        ${bytes} not null,
  entitlement  ${bytes} not null,
  withheld     ${bytes} not null,
  paid         ${bytes} not null,
  claimed_at   bigint   not null,
  primary key (contract, id, holder, block_number)
) ${clustered};

create index distribution_claim_order on distribution_claim (contract, id, block_number, log_index);
create index distribution_claim_holder on distribution_claim (holder, block_number);
