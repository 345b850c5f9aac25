-- Who held another number of shares after which blocks.
create index holding_block on holding (share_class, block_number, holder);
