import type { Task } from '../../src/child/protocol.ts';
import { StageError } from '../../src/domain/errors.ts';

export type FixtureInput =
  | { kind: 'count'; to: number; bytes: number }
  | { kind: 'refuse' }
  | { kind: 'fail' }
  | { kind: 'die'; signal: NodeJS.Signals }
  | { kind: 'exit'; code: number }
  | { kind: 'hang' }
  | { kind: 'spin' }
  | { kind: 'interrupt' }
  | { kind: 'eat' }
  | { kind: 'echo' };

export interface FixtureMessage {
  pid: number;
  sentAt: number;
  data?: Buffer;
}

const forever = () => new Promise<never>(() => setInterval(() => {}, 1000));

/** A task that behaves as badly as it is told to. */
export const run: Task<FixtureInput, FixtureMessage, string, Buffer> = async (input, context) => {
  const sign = () => context.send({ pid: process.pid, sentAt: Date.now() });
  switch (input.kind) {
    case 'count':
      for (let i = 0; i < input.to; i += 1) {
        const data = Buffer.alloc(input.bytes, i);
        // Held back by `send`, so the time is taken when it resolves.
        const message: FixtureMessage = { pid: process.pid, sentAt: 0, data };
        Object.defineProperty(message, 'sentAt', { enumerable: true, get: () => Date.now() });
        await context.send(message);
      }
      return 'counted';
    case 'refuse':
      throw new StageError('NOT_A_VIDEO', 'a poem', { remedy: 'fix', action: 'Read it.' });
    case 'fail':
      throw new TypeError('nobody thought of this');
    case 'die':
      await sign();
      process.stderr.write('last words');
      process.kill(process.pid, input.signal);
      return forever();
    case 'exit':
      process.exit(input.code);
      break;
    case 'hang':
      await sign();
      return forever();
    case 'spin':
      await sign();
      for (;;);
    case 'interrupt':
      process.kill(process.pid, 'SIGINT');
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 'still here';
    case 'echo':
      for (let data = await context.next(); data; data = await context.next()) {
        await context.send({ pid: process.pid, sentAt: Date.now(), data });
      }
      return 'nothing more to say';
    case 'eat': {
      await sign();
      const eaten: Buffer[] = [];
      for (;;) {
        eaten.push(Buffer.alloc(20_000_000, 1));
        context.alive();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
  return 'done';
};
