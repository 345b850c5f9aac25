-- Blocks that were indexed and then replaced, each with the last block that its branch and the chain have in common.
-- Kept as long as that one is, so that whoever stands on a replaced block can be told where to go on.
create table replaced_block (
  hash        ${bytes} not null primary key,
  number      bigint   not null,
  kept_number bigint   not null,
  kept_hash   ${bytes} not null
) ${clustered};

create index replaced_block_kept on replaced_block (kept_number);

create index block_hash on block (hash);
