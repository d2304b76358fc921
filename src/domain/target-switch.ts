import type { PublishTarget } from './publish-target.ts';

/** What there is on a machine when its publish target changes; a number is absent where it is not known. */
export interface AtSwitch {
  readonly to: PublishTarget;
  /** Title of the channel that is signed in. */
  readonly channel?: string;
  /** Videos of which nothing is on any channel, and that are not done. */
  readonly open?: number;
  /** Videos of which something is on the present channel, and that are not done. */
  readonly begun?: number;
  /** Videos of which damaged records do not say whether something is on a channel. */
  readonly unclear?: number;
  /** Videos that were rehearsed and are not on the real YouTube. */
  readonly rehearsed: number;
}

/** What becomes of everything, a sentence for each kind that there is. */
export function explainSwitch(at: AtSwitch): string[] {
  const { to, unclear = 0 } = at;
  return [...(to === 'youtube' ? toTheRealOne(at) : toRehearsals(at)), ...some(unclear, ...damaged)];
}

function toTheRealOne({ channel, open, begun, rehearsed }: AtSwitch): string[] {
  return [
    `From now on, videos of this machine are published on the real YouTube, on the channel “${channel}”.`,
    ...some(open, 'that is not being published yet goes', 'that are not being published yet go', (which) => [
      `${which} there too, whether a frame is still to be chosen, or it waits for something.`,
    ]),
    ...some(
      begun,
      'whose rehearsal has begun is finished as a rehearsal',
      'whose rehearsal has begun are finished as rehearsals',
      (which) => [`${which}.`],
    ),
    rehearsed === 0
      ? 'Nothing that was rehearsed is published by this.'
      : `${count(rehearsed, 'rehearsed video')} ${rehearsed === 1 ? 'stays' : 'stay'} on the local YouTube: this does not publish ${rehearsed === 1 ? 'it' : 'them'}. You can publish ${rehearsed === 1 ? 'it' : 'each, or all,'} for real under “Published”, or with: npx badminton publish-rehearsed`,
  ];
}

function toRehearsals({ open, begun }: AtSwitch): string[] {
  return [
    'From now on, videos of this machine go to its local YouTube, as rehearsals, and no other begins on the real one.',
    ...some(
      open,
      'that is not being published yet is rehearsed',
      'that are not being published yet are rehearsed',
      (which) => [`${which} instead.`],
    ),
    ...some(
      begun,
      'of which something is on YouTube is finished there',
      'of which something is on YouTube are finished there',
      (which) => [`${which}.`],
    ),
    'What is published stays, and what is scheduled becomes public at its time.',
  ];
}

function some(
  number: number | undefined,
  one: string,
  several: string,
  say: (which: string) => string[],
): readonly string[] {
  if (number === 0) return [];
  if (number === undefined) return say(`Each video ${one}`);
  return say(`${count(number, 'video')} ${number === 1 ? one : several}`);
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;

const damaged = [
  'has damaged records, so where it is published is not known',
  'have damaged records, so where they are published is not known',
  (which: string) => [`${which}.`],
] as const;
