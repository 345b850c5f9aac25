-- Property held in trust, with history: a row is what held after its block. Money is in the token's smallest unit.

-- What is fixed at opening, by the event at (block_number, log_index). settlement_token, share_class and protector are
-- null when there is none.
create table trust (
  address          ${bytes} not null,
  block_number     bigint   not null,
  log_index        integer  not null,
  company_id       bigint   not null,
  settlor          ${bytes} not null,
  protector        ${bytes},
  settlement_token ${bytes},
  share_class      ${bytes},
  threshold        integer  not null,
  challenge_period bigint   not null,
  vacancy_period   bigint   not null,
  long_stop        bigint   not null,
  platform_fee_bps integer  not null,
  trustee_fee_bps  integer  not null,
  spendthrift      boolean  not null,
  revocable        boolean  not null,
  veto_ends        boolean  not null,
  vote_opening_bps integer  not null,
  vote_quorum_bps  integer  not null,
  vote_majority_bps integer not null,
  vote_duration    bigint   not null,
  deed_hash        ${bytes} not null,
  opened_at        bigint   not null,
  primary key (address, block_number)
) ${clustered};

create index trust_order on trust (block_number, log_index);
create index trust_company on trust (company_id);

-- round: whose proceeds it holds, or null. end_reason, ended_at: null while it goes on. shortfall: the token's issuer took
-- money away from it.
create table trust_state (
  trust             ${bytes} not null,
  block_number      bigint   not null,
  round             ${bytes},
  end_reason        text,
  ended_at          bigint,
  money_received    ${bytes} not null,
  money_released    ${bytes} not null,
  platform_fee      ${bytes} not null,
  platform_fee_paid ${bytes} not null,
  trustee_fee_paid  ${bytes} not null,
  money_returned    ${bytes} not null,
  shares_received   bigint   not null,
  shares_released   bigint   not null,
  shares_returned   bigint   not null,
  accounts_until    bigint,
  shortfall         boolean  not null,
  primary key (trust, block_number)
) ${clustered};

-- left_as: how the trustee left office; null while in office.
create table trust_seat (
  trust        ${bytes} not null,
  seat         integer  not null,
  block_number bigint   not null,
  trustee      ${bytes} not null,
  seated_at    bigint   not null,
  resigning    boolean  not null,
  left_as      text,
  primary key (trust, seat, block_number)
) ${clustered};

create index trust_seat_trustee on trust_seat (trustee, trust);

-- recipient: null for whoever controls the company. share_bps or amount is zero.
create table trust_tranche (
  trust        ${bytes} not null,
  tranche      integer  not null,
  block_number bigint   not null,
  recipient    ${bytes},
  in_shares    boolean  not null,
  milestone    boolean  not null,
  follows      integer  not null,
  share_bps    integer  not null,
  not_before   bigint   not null,
  amount       ${bytes} not null,
  primary key (trust, tranche, block_number)
) ${clustered};

create table trust_beneficiary (
  trust        ${bytes} not null,
  wallet       ${bytes} not null,
  block_number bigint   not null,
  units        bigint   not null,
  primary key (trust, wallet, block_number)
) ${clustered};

create index trust_beneficiary_wallet on trust_beneficiary (wallet, trust);

create table trust_disbursement (
  trust           ${bytes} not null,
  disbursement    bigint   not null,
  block_number    bigint   not null,
  tranche         integer  not null,
  proposer        ${bytes} not null,
  proposed_at     bigint   not null,
  amount          ${bytes} not null,
  evidence        ${bytes} not null,
  status          text     not null,
  approvals       integer  not null,
  rejections      integer  not null,
  executable_from bigint,
  vote            ${bytes},
  recipient       ${bytes},
  paid            ${bytes} not null,
  fee             ${bytes} not null,
  changed_at      bigint   not null,
  primary key (trust, disbursement, block_number)
) ${clustered};

create table trust_statement (
  trust         ${bytes} not null,
  block_number  bigint   not null,
  log_index     integer  not null,
  trustee       ${bytes} not null,
  period_start  bigint   not null,
  period_end    bigint   not null,
  document_hash ${bytes} not null,
  attested_at   bigint   not null,
  primary key (trust, block_number, log_index)
) ${clustered};

-- What was paid to those entitled after the end. beneficiary: an identity, or a wallet left-padded with zeros.
create table trust_payment (
  trust        ${bytes} not null,
  block_number bigint   not null,
  log_index    integer  not null,
  beneficiary  ${bytes} not null,
  wallet       ${bytes} not null,
  in_shares    boolean  not null,
  amount       ${bytes} not null,
  paid_at      bigint   not null,
  primary key (trust, block_number, log_index)
) ${clustered};
