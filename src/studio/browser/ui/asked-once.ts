import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { inWords, type Refusal } from '../api.ts';
import { isFocusLost } from './lost-focus.ts';

/** A button that opens a question, and has the focus again afterwards; if it has gone, the page's content has. */
export function useQuestion() {
  const isAsking = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  return {
    isAsking,
    button,
    open: () => {
      isAsking.value = true;
    },
    close: () => {
      isAsking.value = false;
      giveFocusBack(() => button.current);
    },
  };
}

/** After a question has gone: to what opened it, or to the page's content if that has gone too. */
export function giveFocusBack(opener: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => {
    if (!isFocusLost()) return;
    const next = opener();
    (next?.isConnected ? next : document.getElementById('main'))?.focus({ preventScroll: true });
  });
}

export interface Asked<T> {
  readonly found: Signal<T | undefined>;
  readonly problem: Signal<string>;
  /** An error code with it; see domain/errors.ts. */
  readonly code: Signal<string | undefined>;
  readonly isBusy: Signal<boolean>;
  /** Asks once more. */
  look(): Promise<void>;
  attempt(work: () => Promise<unknown>): Promise<void>;
}

/** What has to be asked before a person is, and whatever goes wrong with it, in words. */
export function useAsked<T>(request: () => Promise<T>): Asked<T> {
  const found = useSignal<T | undefined>(undefined);
  const problem = useSignal('');
  const code = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const attempt = async (work: () => Promise<unknown>) => {
    isBusy.value = true;
    problem.value = '';
    code.value = undefined;
    try {
      await work();
    } catch (error) {
      problem.value = inWords(error);
      code.value = (error as Partial<Refusal>).code;
    } finally {
      isBusy.value = false;
    }
  };
  const look = () =>
    attempt(async () => {
      found.value = await request();
    });
  useEffect(() => void look(), []);
  return { found, problem, code, isBusy, look, attempt };
}
