-- Events of one kind by one contract, however many of other kinds it has emitted.
create index journal_contract_kind on journal (address, topic0, block_number, log_index);
