import { computed, signal } from '@preact/signals';
import { get, type Schemas } from './api';

/** Grows whenever something happened on the chain; whoever shows what can change reads again. */
export const changes = signal(0);

/** How the service stands; null until it was heard of. */
export const status = signal<Schemas['Status'] | null>(null);

/** Whether the service answers. */
export const reachable = signal(true);

/** The events that came last, the last first. */
export const recent = signal<Schemas['Event'][]>([]);

/** The chain's clock in milliseconds, as last heard of; the device's clock does not count. */
export const clock = computed(() => {
  const at = status.value?.chain.clock ?? status.value?.asOf?.time;
  return at ? Date.parse(at) : null;
});

export const isEmbedded = computed(() => status.value?.chain.node === 'embedded');

const MOST_RECENT = 50;
const SETTLES_MS = 150;
const LOOK_MS = 15_000;

export async function look(): Promise<void> {
  try {
    status.value = await get('/v1/status');
    reachable.value = true;
  } catch {
    reachable.value = false;
  }
}

let settling = 0;

function happened(): void {
  clearTimeout(settling);
  settling = window.setTimeout(() => {
    void look();
    changes.value++;
  }, SETTLES_MS);
}

let stream: EventSource | null = null;

function listen(): void {
  stream?.close();
  stream = new EventSource('/v1/events/stream');
  stream.addEventListener('message', (message) => {
    recent.value = [JSON.parse(String(message.data)) as Schemas['Event'], ...recent.value].slice(0, MOST_RECENT);
    happened();
  });
  for (const kind of ['reorg', 'reset']) {
    stream.addEventListener(kind, () => {
      recent.value = [];
      happened();
    });
  }
}

/** Follows the ledger for as long as the page is seen. */
export function follow(): void {
  void look();
  listen();
  window.setInterval(() => {
    if (document.visibilityState === 'visible') void look();
  }, LOOK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      if (stream === null) listen();
      happened();
    } else {
      stream?.close();
      stream = null;
    }
  });
}
