-- Persons, with history: a row is what held after its block.

create table investor (
  identity     ${bytes} not null,
  block_number bigint   not null,
  wallet       ${bytes} not null,
  country      integer  not null,
  category     integer  not null,
  expires_at   bigint   not null,
  persons      integer  not null,
  withholding_bps integer not null,
  dossier      ${bytes} not null,
  revoked      boolean  not null,
  primary key (identity, block_number)
) ${clustered};

create index investor_wallet on investor (wallet, block_number);

-- issuer: keccak256 of a Directory's address and a company's number in it.
create table affiliate (
  identity     ${bytes} not null,
  issuer       ${bytes} not null,
  block_number bigint   not null,
  affiliated   boolean  not null,
  primary key (identity, issuer, block_number)
) ${clustered};

-- Who is to act for a person or a company instead of the old wallet. subject: the identity, or the company's key.
create table recovery (
  subject       ${bytes} not null,
  block_number  bigint   not null,
  kind          text     not null,
  status        text     not null,
  old_wallet    ${bytes} not null,
  new_wallet    ${bytes} not null,
  heir          ${bytes} not null,
  company_id    bigint   not null,
  document_hash ${bytes} not null,
  announced_at  bigint   not null,
  changed_at    bigint   not null,
  primary key (subject, block_number)
) ${clustered};

-- Amounts are in millionths of the currency.
create table yearly_limit (
  identity     ${bytes} not null,
  regime       ${bytes} not null,
  currency     text     not null,
  block_number bigint   not null,
  amount       ${bytes} not null,
  primary key (identity, regime, currency, block_number)
) ${clustered};

-- What was counted on a day since 1970-01-01; counted_until is the first day on which it no longer counts.
create table limit_usage (
  identity      ${bytes} not null,
  regime        ${bytes} not null,
  currency      text     not null,
  day           bigint   not null,
  block_number  bigint   not null,
  counted_until bigint   not null,
  amount        ${bytes} not null,
  primary key (identity, regime, currency, day, block_number)
) ${clustered};
