import { signal } from '@preact/signals';

export interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'problem';
  readonly text: string;
  readonly button?: { readonly label: string; readonly key?: string; readonly press: () => void } | undefined;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Presses a message's button; its offer has been taken, so the message goes. */
export function pressButton({ id, button }: Toast): void {
  dismiss(id);
  button?.press();
}

const dismiss = (id: number) => {
  toasts.value = toasts.peek().filter((each) => each.id !== id);
};

const most = 4;

/** The latest messages. A success never pushes out a problem. */
function thoseWithRoom(all: readonly Toast[]): readonly Toast[] {
  const problems = all.filter(({ kind }) => kind === 'problem').slice(-most);
  const done = all.filter(({ kind }) => kind === 'done').slice(-Math.max(1, most - problems.length));
  return all.filter((each) => problems.includes(each) || done.includes(each));
}

/** Shows a message for a while; returns a function that removes it. */
export function tell(toast: Omit<Toast, 'id' | 'until'>, seconds = toast.kind === 'problem' ? 15 : 6): () => void {
  last += 1;
  const id = last;
  const remove = () => dismiss(id);
  toasts.value = thoseWithRoom([...toasts.peek(), { ...toast, id, until: Date.now() + seconds * 1000 }]);
  setTimeout(remove, seconds * 1000);
  return remove;
}

export const tellProblem = (error: unknown) => {
  const { message, action } = error as Error & { action?: string };
  tell({ kind: 'problem', text: [message, action].filter(Boolean).join(' ') });
};
