-- Holdings in the order of the chain, in which a backfill writes them and a register at a block reads them. One holder's
-- are found by the index, which holds all that is asked of them and waits until a backfill is done.
drop index holding_block;
drop index holding_holder;
alter table holding rename to holding_by_holder;

create table holding (
  share_class  ${bytes} not null,
  holder       ${bytes} not null,
  block_number bigint   not null,
  shares       bigint   not null,
  changed_at   bigint   not null,
  primary key (share_class, block_number, holder)
) ${clustered};

insert into holding (share_class, holder, block_number, shares, changed_at)
select share_class, holder, block_number, shares, changed_at
from holding_by_holder
order by share_class, block_number, holder;

drop table holding_by_holder;
create index holding_holder on holding (holder, share_class, block_number, shares, changed_at);
