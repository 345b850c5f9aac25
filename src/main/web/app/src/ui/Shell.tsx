import type { ComponentChildren } from 'preact';
import { showUtc, utc } from '../format';
import { language, speak } from '../language';
import { reachable, status } from '../live';
import { place } from '../router';
import { ConnectDialog, WalletButton } from '../wallet/Connect';
import { wallet } from '../wallet/wallet';
import { Note, When } from './parts';
import { common as w } from './words';

function Item({ to, children }: { to: string; children: string }) {
  const { path } = place.value;
  const here = to === '/' ? path === '/' || path.startsWith('/rounds') : path.startsWith(to);
  return (
    <a href={to} {...(here ? { 'aria-current': 'page' } : {})}>
      {children}
    </a>
  );
}

/** What stands around every page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const clock = status.value?.chain.clock;
  return (
    <>
      <a class="skip" href="#main">{w.skip}</a>
      <header class="top">
        <a class="brand" href="/">
          <img src="/assets/fundtrail.svg" alt="" width="28" height="28" />
          Fundtrail
        </a>
        <nav aria-label={w.menu}>
          <Item to="/">{w.rounds}</Item>
          <Item to="/companies">{w.companies}</Item>
          <Item to="/trusts">{w.trusts}</Item>
          <Item to="/audit">{w.audit}</Item>
          {wallet.value && <Item to="/me">{w.mine}</Item>}
        </nav>
        <WalletButton />
      </header>
      <main id="main">
        {!reachable.value && <Note tone="bad" urgent>{w.unreachable}</Note>}
        {status.value?.notice && place.value.path === '/' && <Note tone="wait"><span lang="en">{status.value.notice}</span></Note>}
        {children}
      </main>
      <footer class="foot">
        <nav aria-label={w.more}>
          <a href="/registrar">{w.registrar}</a>
          <a href="/operator">{w.operator}</a>
          <a href="/status">{w.status}</a>
          <a href="/exit.html">{w.exit}</a>
          <a href="/docs">{w.api}</a>
        </nav>
        <div class="settings">
          <button type="button" class="button quiet" lang={language.value === 'en' ? 'zh-Hans' : 'en'} onClick={() => speak(language.value === 'en' ? 'zh' : 'en')}>
            {w.otherLanguage}
          </button>
          <label class="tick" title={w.utcHint}>
            <input type="checkbox" checked={utc.value} onInput={(event) => showUtc(event.currentTarget.checked)} />
            <span>{w.utc}</span>
          </label>
          {clock && <span class="hint"><When time={clock} /></span>}
        </div>
      </footer>
      <ConnectDialog />
    </>
  );
}
