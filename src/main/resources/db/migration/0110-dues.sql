-- To whom what a holder is due is paid; payee is null for the holder itself.
create table distribution_payee (
  contract     ${bytes} not null,
  holder       ${bytes} not null,
  block_number bigint   not null,
  payee        ${bytes},
  primary key (contract, holder, block_number)
) ${clustered};

-- The rate taken over for a record date and those after it; the last one noted counts.
create table distribution_withholding (
  contract        ${bytes} not null,
  holder          ${bytes} not null,
  block_number    bigint   not null,
  log_index       integer  not null,
  record_date     integer  not null,
  withholding_bps integer  not null,
  primary key (contract, holder, block_number, log_index)
) ${clustered};

-- Which version of a round's terms must be agreed to, and whether an investor's excess was paid.
alter table round_state add column material_version integer not null default 1;
alter table commitment add column credit_paid boolean not null default false;

-- What those entitled share after the end, what they were paid already included; null before the end.
alter table trust_state add column remainder ${bytes};
