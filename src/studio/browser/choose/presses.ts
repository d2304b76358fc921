import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Sight } from './sight.ts';

type Deed = 'choose' | 'keep';

/** What a press is about, as it is on the screen. */
export interface Target {
  /** Differs from that of any other frame or moment. */
  readonly place: string;
  /** Anything else says why its picture will not come. */
  readonly picture: 'here' | 'coming' | { readonly problem: string };
}

const done: Record<Deed, string> = { choose: 'chosen', keep: 'kept' };
const spoken = 6000;

/**
 * A press is carried out once the picture it is about has been on the screen, or refused in words: nobody chooses what
 * they have not seen.
 */
export function usePresses(sight: Sight, target: Target | undefined, deeds: Record<Deed, () => void>) {
  const words = useSignal<string | undefined>(undefined);
  const awaited = useSignal<{ readonly deed: Deed; readonly place: string } | undefined>(undefined);
  /** A choice leaves this video; a second press may come before the next is drawn. */
  const hasChosen = useRef(false);
  const say = (text: string) => {
    awaited.value = undefined;
    words.value = text;
  };
  const refuse = (deed: Deed, why: string) => {
    say(`Not ${done[deed]}: ${why}`);
  };
  const carryOut = (deed: Deed) => {
    awaited.value = undefined;
    words.value = undefined;
    hasChosen.current = deed === 'choose';
    deeds[deed]();
  };
  /** @param about what the press is about, where the page has only begun to show it */
  const press = (deed: Deed, { timeStamp }: Event, about?: Target) => {
    if (hasChosen.current) return;
    if (!target) return refuse(deed, 'there is no frame yet.');
    if (!sight.hasSeenVideoBy(timeStamp)) return refuse(deed, 'this video has only just appeared. Press again.');
    if (about) requestAnimationFrame(() => waitFor(deed, about));
    else if (target.picture === 'here') carryOut(deed);
    else if (target.picture === 'coming') waitFor(deed, target);
    else refuse(deed, target.picture.problem);
  };
  const waitFor = (deed: Deed, { place }: Target) => {
    awaited.value = { deed, place };
    words.value = `It is ${done[deed]} as soon as its picture is here …`;
  };
  useEffect(() => {
    const { value: waiting } = awaited;
    if (!waiting) return;
    if (waiting.place !== target?.place) refuse(waiting.deed, 'you moved on before its picture was here.');
    else if (target.picture === 'here') carryOut(waiting.deed);
    else if (target.picture !== 'coming') refuse(waiting.deed, target.picture.problem);
  });
  useEffect(() => {
    if (words.value === undefined || awaited.value) return;
    const timer = setTimeout(() => (words.value = undefined), spoken);
    return () => clearTimeout(timer);
  }, [words.value, awaited.value]);
  return { press, words, say };
}
