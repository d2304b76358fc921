import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { inWords } from '../api.ts';
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
      requestAnimationFrame(() => {
        if (!isFocusLost()) return;
        const next = button.current ?? document.getElementById('main');
        next?.focus({ preventScroll: true });
      });
    },
  };
}

export interface Asked<T> {
  readonly found: Signal<T | undefined>;
  readonly problem: Signal<string>;
  readonly isBusy: Signal<boolean>;
  /** Asks once more. */
  look(): Promise<void>;
  attempt(work: () => Promise<void>): Promise<void>;
}

/** What has to be asked before a person is, and whatever goes wrong with it, in words. */
export function useAsked<T>(request: () => Promise<T>): Asked<T> {
  const found = useSignal<T | undefined>(undefined);
  const problem = useSignal('');
  const isBusy = useSignal(false);
  const attempt = async (work: () => Promise<void>) => {
    isBusy.value = true;
    problem.value = '';
    try {
      await work();
    } catch (error) {
      problem.value = inWords(error);
    } finally {
      isBusy.value = false;
    }
  };
  const look = () =>
    attempt(async () => {
      found.value = await request();
    });
  useEffect(() => void look(), []);
  return { found, problem, isBusy, look, attempt };
}
