-- Companies, share classes and who holds them, with history: a row is what held after its block.

-- search: the name in lower case.
create table company (
  company_id   bigint   not null,
  block_number bigint   not null,
  controller   ${bytes} not null,
  fee_bps      integer  not null,
  name         text     not null,
  registration text     not null,
  search       text     not null,
  primary key (company_id, block_number)
) ${clustered};

-- What is fixed at opening, by the event at (block_number, log_index). The preference is a decimal, null
-- without one; converts_into is null for a class that stays. excluded_countries: ISO 3166-1 numeric, between spaces.
create table share_class (
  address                ${bytes} not null,
  block_number           bigint   not null,
  log_index              integer  not null,
  company_id             bigint   not null,
  name                   text     not null,
  symbol                 text     not null,
  votes_per_share        bigint   not null,
  liquidation_preference text,
  preference_currency    text,
  seniority              integer  not null,
  converts_into          ${bytes},
  conversion_numerator   bigint   not null,
  conversion_denominator bigint   not null,
  holder_cap             bigint   not null,
  smallest_holding       bigint   not null,
  excluded_countries     text     not null,
  search                 text     not null,
  opened_at              bigint   not null,
  primary key (address, block_number)
) ${clustered};

create index share_class_order on share_class (block_number, log_index);
create index share_class_company on share_class (company_id);

create table share_class_state (
  share_class  ${bytes} not null,
  block_number bigint   not null,
  authorised   bigint   not null,
  issued       bigint   not null,
  reserved     bigint   not null,
  holders      integer  not null,
  primary key (share_class, block_number)
) ${clustered};

create table holding (
  share_class  ${bytes} not null,
  holder       ${bytes} not null,
  block_number bigint   not null,
  shares       bigint   not null,
  changed_at   bigint   not null,
  primary key (share_class, holder, block_number)
) ${clustered};

create index holding_holder on holding (holder, share_class, block_number);

-- Shares that may not be resold before a time: those of one holder with the same time are one lot.
create table lot (
  share_class  ${bytes} not null,
  holder       ${bytes} not null,
  locked_until bigint   not null,
  block_number bigint   not null,
  shares       bigint   not null,
  primary key (share_class, holder, locked_until, block_number)
) ${clustered};

create table frozen_shares (
  share_class  ${bytes} not null,
  holder       ${bytes} not null,
  block_number bigint   not null,
  shares       ${bytes} not null,
  primary key (share_class, holder, block_number)
) ${clustered};

-- at: what was held before that second counts.
create table record_date (
  share_class  ${bytes} not null,
  record_index integer  not null,
  block_number bigint   not null,
  at           bigint   not null,
  declared_by  ${bytes} not null,
  primary key (share_class, record_index, block_number)
) ${clustered};

-- A freeze or a transfer that an authority ordered.
create table share_order (
  share_class     ${bytes} not null,
  order_id        ${bytes} not null,
  block_number    bigint   not null,
  kind            text     not null,
  status          text     not null,
  sender          ${bytes} not null,
  receiver        ${bytes} not null,
  shares          ${bytes} not null,
  document_hash   ${bytes} not null,
  executable_from bigint   not null,
  lapses_at       bigint   not null,
  announced_at    bigint   not null,
  primary key (share_class, order_id, block_number)
) ${clustered};
