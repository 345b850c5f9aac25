import { words } from '../language';
import { choose, place } from '../router';
import { TextField } from '../ui/form';
import { Hex, List, Name, Page, Pill, Table } from '../ui/parts';
import { common } from '../ui/words';
import { account, same } from '../wallet/wallet';
import { usePages } from '../useAnswer';
import { company } from './words';

const w = words(
  {
    title: 'Companies',
    lead: 'Who raised money here. Each company’s register of holders is kept by its share contracts; anyone can read it as it was at any moment, and check it.',
    search: 'Name of the company',
    none: 'No company fits.',
    registration: 'Registration',
    yours: 'yours',
  },
  {
    title: '公司',
    lead: '在此融资的公司。各公司的股东名册由其股份合约保管；任何人都可以查阅任意时刻的名册并加以核对。',
    search: '公司名称',
    none: '没有符合条件的公司。',
    registration: '注册信息',
    yours: '由您代表',
  },
);

export default function CompaniesPage() {
  const q = place.value.query.get('q') ?? '';
  const companies = usePages('/v1/companies', { query: { q: q || undefined, limit: 50 } }, (page) => page.companies);
  return (
    <Page title={w.title} lead={w.lead}>
      <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
        <TextField label={w.search} type="search" value={q} maxLength={100} onInput={(text) => choose({ q: text })} />
      </form>
      <section class="panel">
        <List pages={companies} empty={w.none}>
          {(items) => (
            <Table
              caption={w.title}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  head: common.company,
                  cell: (one) => (
                    <>
                      <a href={`/companies/${one.id}`}>
                        <Name>{one.name}</Name>
                      </a>{' '}
                      {same(account.value, one.controller) && <Pill tone="good">{w.yours}</Pill>}
                    </>
                  ),
                },
                { head: w.registration, cell: (one) => <Name>{one.registration}</Name> },
                { head: company.who, cell: (one) => <Hex value={one.controller} /> },
              ]}
            />
          )}
        </List>
      </section>
    </Page>
  );
}
