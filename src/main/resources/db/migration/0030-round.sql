-- Rounds, with history: a row is what held after its block. Amounts are in the token's smallest unit.

create table settlement_token (
  address      ${bytes} not null,
  block_number bigint   not null,
  currency     text     not null,
  decimals     integer  not null,
  listed       boolean  not null,
  primary key (address, block_number)
) ${clustered};

create table allowed_rules (
  address      ${bytes} not null,
  block_number bigint   not null,
  allowed      boolean  not null,
  primary key (address, block_number)
) ${clustered};

-- What is fixed at opening, by the event at (block_number, log_index). search: the filing in lower case.
create table round (
  address            ${bytes} not null,
  block_number       bigint   not null,
  log_index          integer  not null,
  company_id         bigint   not null,
  share_class        ${bytes} not null,
  settlement_token   ${bytes} not null,
  currency           text     not null,
  decimals           integer  not null,
  rules              ${bytes} not null,
  trust              ${bytes},
  fee_recipient      ${bytes} not null,
  allocation         text     not null,
  price              ${bytes} not null,
  minimum_shares     bigint   not null,
  maximum_shares     bigint   not null,
  minimum_ticket     bigint   not null,
  oversubscription_shares bigint not null,
  opens_at           bigint   not null,
  deadline           bigint   not null,
  fee_bps            integer  not null,
  terms_hash         ${bytes} not null,
  filing             text     not null,
  search             text     not null,
  opened_at          bigint   not null,
  primary key (address, block_number)
) ${clustered};

create index round_order on round (block_number, log_index);
create index round_company on round (company_id);

create table round_state (
  round                 ${bytes} not null,
  block_number          bigint   not null,
  status                text     not null,
  paused                boolean  not null,
  closed_at             bigint,
  deadline              bigint   not null,
  terms_version         integer  not null,
  terms_hash            ${bytes} not null,
  reconfirm_by          bigint,
  early_close_at        bigint,
  persons               integer  not null,
  raised_commitments    integer  not null,
  raised_shares         bigint   not null,
  raised_amount         ${bytes} not null,
  escrow_commitments    integer  not null,
  escrow_shares         bigint   not null,
  escrow_amount         ${bytes} not null,
  cancelled_commitments integer  not null,
  cancelled_shares      bigint   not null,
  cancelled_amount      ${bytes} not null,
  refunded_commitments  integer  not null,
  refunded_shares       bigint   not null,
  refunded_amount       ${bytes} not null,
  sold_commitments      integer  not null,
  sold_shares           bigint   not null,
  sold_amount           ${bytes} not null,
  outside_shares        bigint   not null,
  proceeds_credited     ${bytes} not null,
  proceeds_paid         ${bytes} not null,
  fee_credited          ${bytes} not null,
  fee_paid              ${bytes} not null,
  excess_credited       ${bytes} not null,
  excess_paid           ${bytes} not null,
  primary key (round, block_number)
) ${clustered};

-- first_*: the event by which the person came into the round.
create table commitment (
  round        ${bytes} not null,
  identity     ${bytes} not null,
  block_number bigint   not null,
  wallet       ${bytes} not null,
  first_block  bigint   not null,
  first_index  integer  not null,
  position     integer  not null,
  state        text     not null,
  shares       bigint   not null,
  amount       ${bytes} not null,
  committed_at bigint   not null,
  changed_at   bigint   not null,
  returned     ${bytes} not null,
  allotted     bigint,
  fee          ${bytes},
  terms_version integer not null,
  affiliated   boolean  not null,
  primary key (round, identity, block_number)
) ${clustered};

create index commitment_position on commitment (round, position, block_number);
create index commitment_identity on commitment (identity, first_block, first_index);
create index commitment_wallet on commitment (round, wallet, block_number);
