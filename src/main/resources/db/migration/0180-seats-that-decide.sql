-- Who approves and who objects, by seat: bit n for seat n. How many these are follows from them.
alter table trust_disbursement add column approving bigint not null default 0;
alter table trust_disbursement add column objecting bigint not null default 0;
alter table trust_disbursement drop column approvals;
alter table trust_disbursement drop column rejections;
