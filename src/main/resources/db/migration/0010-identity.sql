-- Persons, with history: a row is what held after its block.

create table investor (
  identity     ${bytes} not null,
  block_number bigint   not null,
  wallet       ${bytes} not null,
  country      integer  not null,
  category     integer  not null,
  expires_at   bigint   not null,
  dossier      ${bytes} not null,
  revoked      boolean  not null,
  primary key (identity, block_number)
) ${clustered};

create index investor_wallet on investor (wallet, block_number);

-- Amounts are in millionths of the currency.
create table yearly_limit (
  identity     ${bytes} not null,
  regime       ${bytes} not null,
  currency     text     not null,
  block_number bigint   not null,
  amount       ${bytes} not null,
  primary key (identity, regime, currency, block_number)
) ${clustered};

-- counted_until: first day since 1970-01-01 on which the amount no longer counts.
create table limit_usage (
  identity      ${bytes} not null,
  regime        ${bytes} not null,
  currency      text     not null,
  round         ${bytes} not null,
  block_number  bigint   not null,
  counted_until bigint   not null,
  amount        ${bytes} not null,
  primary key (identity, regime, currency, round, block_number)
) ${clustered};
