import type { IncomingMessage } from 'node:http';
import type { Client } from '@temporalio/client';
import type { NamedHost } from '../../../domain/find-host.ts';
import { type MachineLine, type MachineRequest, NoAnswerError, openMachineLine } from './ask-machine.ts';
import { openStudioFinder, type StudioAddress, type StudioFinder } from './find-studio.ts';
import { type Failure, type Silence, silentStudio, whyNotAnswered, whyNotFound } from './not-reached.ts';

/** The studios of the machines that know the same key. */
export interface OtherStudios {
  /** @throws RequestError 503 saying why no answer came, and naming the machine; the signal's reason when aborted */
  ask(host: NamedHost, wish: MachineRequest): Promise<IncomingMessage>;
  /** Why nothing of that machine can be shown; undefined if it answers. @throws as the Temporal client does */
  check(host: NamedHost): Promise<Silence | undefined>;
  close(): void;
}

export interface OtherStudiosOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly key: string;
  /** Id of this machine. */
  readonly own: string;
}

/** There is no such video: a refusal shows that the machine is reached, and trusts this one. */
const nothing = { method: 'GET', target: '/api/videos/none', headers: {} } as const;
/** Milliseconds. */
const checkedWithin = 10_000;
/** Milliseconds in which a machine that gave no answer is not asked again: a page asks for many pictures at once. */
const restsFor = 5000;

export function openOtherStudios({ client, taskQueue, key, own }: OtherStudiosOptions): OtherStudios {
  const finder = openStudioFinder(client, taskQueue);
  const line = openMachineLine(key, own);
  const resting = new Map<string, { readonly until: number; readonly silence: Silence }>();
  return {
    async ask(host, wish) {
      const rest = resting.get(host.id);
      if (rest && Date.now() < rest.until) throw silentStudio(host.name, rest.silence);
      resting.delete(host.id);
      const outcome = await firstAnswer({ finder, own }, line, host, wish);
      if ('answer' in outcome) return outcome.answer;
      // One slow picture says nothing about the next.
      const { silence, isSlow } = outcome;
      if (!isSlow) resting.set(host.id, { until: Date.now() + restsFor, silence });
      throw silentStudio(host.name, silence);
    },
    async check(host) {
      const wish = { ...nothing, signal: AbortSignal.timeout(checkedWithin) };
      const outcome = await firstAnswer({ finder, own }, line, host, wish);
      if ('silence' in outcome) return outcome.silence;
      outcome.answer.destroy();
      return undefined;
    },
    close: line.close,
  };
}

type Outcome = { readonly answer: IncomingMessage } | { readonly silence: Silence; readonly isSlow: boolean };

async function firstAnswer(
  { finder, own }: { readonly finder: StudioFinder; readonly own: string },
  line: MachineLine,
  { id, name }: NamedHost,
  wish: MachineRequest,
): Promise<Outcome> {
  let failed: { readonly failure: Failure; readonly addresses: readonly StudioAddress[] } | undefined;
  // The addresses may be those of an hour ago: where none answers, the machine is asked for them again.
  for (let round = 0; round < 2; round += 1) {
    const where = await finder.find(id);
    if (where.kind !== 'found') return { silence: whyNotFound(where.kind, id === own), isSlow: false };
    const answer = await oneOf(line, id, where.addresses, wish);
    if (typeof answer !== 'string') return { answer };
    failed = { failure: answer, addresses: where.addresses };
    if (answer === 'too-slow') break;
    finder.forget(id, where);
  }
  const { failure = 'not-reached', addresses = [] } = failed ?? {};
  return { silence: whyNotAnswered(name, failure, addresses), isSlow: failure === 'too-slow' };
}

/** The answer from the first address that has one; what to say if none has. */
async function oneOf(
  line: MachineLine,
  id: string,
  addresses: readonly StudioAddress[],
  wish: MachineRequest,
): Promise<IncomingMessage | Failure> {
  let failure: Failure = 'not-reached';
  for (const address of addresses) {
    try {
      return await line.ask(id, address, wish);
    } catch (error) {
      const isSlow = (error as Error)?.name === 'TimeoutError';
      if (!isSlow && !(error instanceof NoAnswerError)) throw error;
      const what = isSlow ? 'too-slow' : (error as NoAnswerError).failure;
      if (what === 'too-slow') return what;
      // What answers, but is not trusted, tells more than an address to which no cable leads.
      if (what === 'not-trusted') failure = what;
    }
  }
  return failure;
}
