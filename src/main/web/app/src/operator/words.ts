import { words } from '../language';

const roles = words(
  { r0: 'administrator', r1: 'operator', r2: 'registrar', r3: 'guardian', r4: 'recovery' },
  { r0: '管理员', r1: '运营方', r2: '登记员', r3: '守护人', r4: '恢复方' },
);

const duties = words(
  {
    r0: 'Changes roles and the list of rules, always with a delay that everyone can see.',
    r1: 'Admits companies, lists settlement tokens, adds holidays.',
    r2: 'Attests people, and announces recoveries and courts’ orders.',
    r3: 'Pauses commitments and cancels rounds before their tally ends; everyone then gets their money back.',
    r4: 'The second party of a recovery and of an order.',
  },
  {
    r0: '变更角色与规则列表，且始终有公开可见的延迟。',
    r1: '接纳公司、列示结算代币、增加节假日。',
    r2: '认证人员，公告恢复与法院命令。',
    r3: '暂停认购，并可在计票结束前撤销轮次；届时所有人取回资金。',
    r4: '恢复与命令的第二方。',
  },
);

export const roleWord = (role: string, label = role): string => (`r${role}` in roles ? roles[`r${role}` as keyof typeof roles] : label);
export const dutyWord = (role: string): string => (`r${role}` in duties ? duties[`r${role}` as keyof typeof duties] : '');
