-- Whole registers, one in so many changes: who held what before a block, each holder in 28 bytes, which are the wallet
-- and the shares (big-endian), ordered by wallet. What changed since is read by the index.
create table kept_register (
  share_class  ${bytes} not null,
  block_number bigint   not null,
  holders      ${bytes} not null,
  primary key (share_class, block_number)
) ${clustered};

-- changes: of holdings, since the class's register was last kept.
alter table share_class_state add column changes bigint not null default 0;

drop index holding_block;
create index holding_block on holding (share_class, block_number, holder, shares);
