-- Companies that move to newer Directories. A company keeps the number that the ledger's own Directory gave it;
-- directory and number: who keeps it now, and as which. proposed: who may take over as its controller.

drop table company;

create table company (
  company_id   bigint   not null,
  block_number bigint   not null,
  directory    ${bytes} not null,
  number       bigint   not null,
  controller   ${bytes} not null,
  proposed     ${bytes},
  fee_bps      integer  not null,
  name         text     not null,
  registration text     not null,
  search       text     not null,
  primary key (company_id, block_number)
) ${clustered};

create index company_place on company (directory, number);

-- What another Directory opened for a company: the ledger's own Directory says whose it is.
create table adopted_instance (
  instance     ${bytes} not null,
  block_number bigint   not null,
  company_id   bigint   not null,
  primary key (instance, block_number)
) ${clustered};

-- A token is listed, and rules are allowed, by each Directory for itself.
drop table settlement_token;

create table settlement_token (
  address      ${bytes} not null,
  block_number bigint   not null,
  currency     text     not null,
  decimals     integer  not null,
  primary key (address, block_number)
) ${clustered};

create table token_listing (
  directory    ${bytes} not null,
  token        ${bytes} not null,
  block_number bigint   not null,
  listed       boolean  not null,
  primary key (directory, token, block_number)
) ${clustered};

drop table allowed_rules;

create table allowed_rules (
  directory    ${bytes} not null,
  address      ${bytes} not null,
  block_number bigint   not null,
  allowed      boolean  not null,
  primary key (directory, address, block_number)
) ${clustered};
