-- The Directory that kept a company when its recovery was announced; company_id is its number there.
alter table recovery add column directory ${bytes};
alter table recovery add column confirmed_at bigint;

-- Whose estate passed to whom.
create table estate (
  identity     ${bytes} not null,
  block_number bigint   not null,
  heir         ${bytes} not null,
  primary key (identity, block_number)
) ${clustered};

create index estate_heir on estate (heir, block_number);
