-- Votes of holders, with history: a row is what held after its block. Weights are 32 bytes, big-endian.

-- What is fixed at opening, by the event at (block_number, log_index). round and target are null when there is none.
create table vote (
  address       ${bytes} not null,
  block_number  bigint   not null,
  log_index     integer  not null,
  company_id    bigint   not null,
  opened_by     ${bytes} not null,
  subject       ${bytes} not null,
  round         ${bytes},
  target        ${bytes},
  treasury      ${bytes} not null,
  document_hash ${bytes} not null,
  quorum_bps    integer  not null,
  majority_bps  integer  not null,
  opens_at      bigint   not null,
  closes_at     bigint   not null,
  opened_at     bigint   not null,
  primary key (address, block_number)
) ${clustered};

create index vote_order on vote (block_number, log_index);
create index vote_company on vote (company_id);
create index vote_target on vote (target);

create table vote_electorate (
  vote            ${bytes} not null,
  share_class     ${bytes} not null,
  block_number    bigint   not null,
  record_date     integer  not null,
  votes_per_share integer  not null,
  primary key (vote, share_class, block_number)
) ${clustered};

create table vote_count (
  vote         ${bytes} not null,
  block_number bigint   not null,
  in_favour    ${bytes} not null,
  against      ${bytes} not null,
  abstained    ${bytes} not null,
  ballots      integer  not null,
  primary key (vote, block_number)
) ${clustered};

-- proxy: null when the elector has none. choice: none until a ballot was cast.
create table ballot (
  vote         ${bytes} not null,
  elector      ${bytes} not null,
  block_number bigint   not null,
  choice       text     not null,
  weight       ${bytes} not null,
  cast_by      ${bytes},
  proxy        ${bytes},
  changed_at   bigint   not null,
  primary key (vote, elector, block_number)
) ${clustered};

create index ballot_elector on ballot (elector, vote, block_number);
