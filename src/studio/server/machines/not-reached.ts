import { RequestError } from '../problem.ts';
import type { StudioAddress, StudioSearch } from './find-studio.ts';

/** Why nothing of another machine's video can be shown, for people. It names the machine, and nothing that is secret. */
const status = 503;

/** Its files cannot be asked for. */
export const notHere = (name: string | undefined, action?: string) =>
  new RequestError(
    404,
    `The recording is on another machine${name ? `, ${name}` : ''}: open the studio there.`,
    action,
  );

export const notIntroduced = (name: string | undefined) =>
  notHere(name, 'To see it here, introduce the machines to each other: set the same BADMINTON_MACHINES_KEY on both.');

/** Why the studio of a machine gives no answer: a clause that goes on after the machine's name. */
export interface Silence {
  readonly clause: string;
  readonly action: string;
}

export const silentStudio = (name: string, { clause, action }: Silence) =>
  new RequestError(status, `The recording is on ${name}, ${clause}.`, action);

/** @param isOwn of this machine itself, as doctor asks */
export function whyNotFound(kind: Exclude<StudioSearch['kind'], 'found'>, isOwn = false): Silence {
  if (kind === 'closed') {
    return {
      clause: 'whose studio does not run, or does not answer other machines',
      action: isOwn
        ? 'Run npm start on this machine.'
        : 'Set the BADMINTON_MACHINES_KEY of this machine there too, and run npm start there.',
    };
  }
  return {
    clause:
      kind === 'away'
        ? 'which is away: no worker there has asked for work lately'
        : 'which does not answer: it is off, or not running',
    action: 'Start it with npm start; until then its videos wait.',
  };
}

export type Failure = 'not-reached' | 'not-trusted' | 'too-slow' | 'unfinished';

export function whyNotAnswered(name: string, failure: Failure, addresses: readonly StudioAddress[] = []): Silence {
  const at = addresses.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`));
  switch (failure) {
    case 'not-trusted':
      return {
        clause: `whose studio does not accept this machine: their keys differ, or another program answers at ${at.join(', ')}`,
        action: 'Set the same BADMINTON_MACHINES_KEY on both, and start their programs again.',
      };
    case 'too-slow':
      return { clause: 'whose studio did not answer in time', action: 'Try again in a moment.' };
    case 'unfinished':
      return { clause: 'whose studio did not finish its answer', action: 'Try again in a moment.' };
    case 'not-reached':
      return {
        clause: `whose studio cannot be reached at ${at.join(', ')}`,
        action: `See that it runs, and that the firewall of ${name} lets this port through.`,
      };
  }
}

export const notUnderstood = (name: string) =>
  new RequestError(
    502,
    `The studio of ${name} answered in a form that this one does not know.`,
    'Update the older of the two programs; npx badminton hosts tells which it is.',
  );
