import { render, type FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import '../styles/app.css';
import { follow } from './live';
import { pageAt } from './pages';
import { followLinks, place } from './router';
import { Failure, Note } from './ui/parts';
import { Shell } from './ui/Shell';
import { common as w } from './ui/words';
import { discover } from './wallet/browser';

function Current() {
  const { path } = place.value;
  const [shown, setShown] = useState<{ path: string; page: FunctionComponent<Record<string, string>>; values: Record<string, string> } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const found = pageAt(path);
  useEffect(() => {
    setFailure(null);
    found?.load().then(
      ({ default: page }) => setShown((before) => {
        // The first heading is read out when a page is gone to, not when the first one is opened.
        if (before !== null && before.path !== path) queueMicrotask(() => document.querySelector<HTMLElement>('main h1')?.focus());
        return { path, page: page as FunctionComponent<Record<string, string>>, values: found.values };
      }),
      setFailure,
    );
  }, [path]);
  if (found === null) {
    return (
      <Note>
        {w.notFound} <a href="/">{w.home}</a>
      </Note>
    );
  }
  if (failure) return <Failure failure={failure} />;
  if (shown === null) return <p class="reading">{w.reading}</p>;
  const { page: Shown, values } = shown;
  return <Shown key={shown.path} {...values} />;
}

discover();
follow();
followLinks((path) => pageAt(path) !== null);
if (sessionStorage.getItem('fundtrail.demo') !== null) void import('./wallet/demo').then(({ resumeDemo }) => resumeDemo());

render(
  <Shell>
    <Current />
  </Shell>,
  document.getElementById('app') as HTMLElement,
);
