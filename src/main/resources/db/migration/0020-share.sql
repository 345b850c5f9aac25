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

-- What is fixed at opening.
create table share_class (
  address      ${bytes} not null,
  block_number bigint   not null,
  company_id   bigint   not null,
  authorised   bigint   not null,
  name         text     not null,
  symbol       text     not null,
  search       text     not null,
  opened_at    bigint   not null,
  primary key (address, block_number)
) ${clustered};

create table share_class_state (
  share_class  ${bytes} not null,
  block_number bigint   not null,
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

create table issuance (
  share_class  ${bytes} not null,
  block_number bigint   not null,
  log_index    integer  not null,
  round        ${bytes} not null,
  holder       ${bytes} not null,
  shares       bigint   not null,
  locked_until bigint   not null,
  primary key (share_class, block_number, log_index)
) ${clustered};

create index issuance_holder on issuance (holder, share_class, block_number);
