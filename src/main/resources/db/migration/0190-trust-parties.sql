-- The trusts that a wallet made, or may object in; those of a seat and of a beneficiary have an index already.

create index trust_settlor on trust (settlor);
create index trust_protector on trust (protector);
