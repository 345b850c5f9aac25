-- Contracts that have a past when they are announced: the block that announced them is not that of their birth.

alter table followed_contract add column announced_block bigint not null default 0;

update followed_contract set announced_block = born_block;
