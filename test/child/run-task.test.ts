import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createQueue } from '../../src/child/queue.ts';
import { runTask, type TaskOptions } from '../../src/child/run-task.ts';
import { StageError } from '../../src/domain/errors.ts';
import { decoderFailed } from '../../src/media/run-decoder.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import type { FixtureInput, FixtureMessage } from './fixture-task.ts';
import { endsWithin, hasEnded } from './processes.ts';

const fixture = (input: FixtureInput, options: Partial<TaskOptions<FixtureMessage, Buffer>> = {}) =>
  runTask<FixtureInput, FixtureMessage, string, Buffer>(new URL('./fixture-task.ts', import.meta.url), input, {
    failed: decoderFailed,
    ...options,
  });

/** Checks the error of a child that failed, and returns it. */
async function decoderFailure(outcome: Promise<unknown>, message: RegExp): Promise<StageError> {
  const error = await outcome.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StageError, String(error));
  assert.equal(error.code, 'DECODER_FAILED');
  assert.equal(error.remedy, 'retry');
  assert.match(error.message, message);
  return error;
}

suite('a task in a child process', { concurrency: 3 }, () => {
  test('delivers its messages in order and its result', async () => {
    const seen: number[] = [];
    const result = await fixture(
      { kind: 'count', to: 10, bytes: 3 },
      {
        onMessage(message) {
          seen.push(message.data?.[2] ?? -1);
        },
      },
    );
    assert.equal(result, 'counted');
    assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('keeps what it compiled for the next one, though it is killed', async (t) => {
    const { NODE_COMPILE_CACHE: before } = process.env;
    const folder = await temporaryFolder(t);
    process.env.NODE_COMPILE_CACHE = folder;
    const result = fixture({ kind: 'count', to: 1, bytes: 3 });
    if (before === undefined) delete process.env.NODE_COMPILE_CACHE;
    else process.env.NODE_COMPILE_CACHE = before;
    await result;
    assert.ok((await readdir(folder, { recursive: true })).length > 3);
  });

  test('waits for a slow parent', async () => {
    const sent: number[] = [];
    const handled: number[] = [];
    await fixture(
      { kind: 'count', to: 12, bytes: 1000 },
      {
        async onMessage({ sentAt }) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          sent.push(sentAt);
          handled.push(Date.now());
        },
      },
    );
    const allowedAhead = 4;
    for (let i = allowedAhead; i < sent.length; i += 1) {
      assert.ok((sent[i] ?? 0) >= (handled[i - allowedAhead] ?? 0), `message ${i} was sent too early`);
    }
  });

  test('handles one request after another, and is not blamed while it waits for one', async () => {
    const requests = createQueue<Buffer>();
    const answers: string[] = [];
    const outcome = fixture(
      { kind: 'echo' },
      {
        stallTimeoutMs: 1000,
        nextRequest: requests.take,
        onMessage: ({ data }) => void answers.push(String(data)),
      },
    );
    requests.put(Buffer.from('one'));
    requests.put(Buffer.from('two'));
    await sleep(2200);
    requests.put(Buffer.from('three'));
    requests.close();
    assert.equal(await outcome, 'nothing more to say');
    assert.deepEqual(answers, ['one', 'two', 'three']);
  });

  test('ends when the parent fails to find the next request', async () => {
    const nextRequest = () => Promise.reject(new RangeError('lost'));
    await assert.rejects(fixture({ kind: 'echo' }, { nextRequest }), { name: 'RangeError', message: 'lost' });
  });

  test('passes on its own refusal intact', async () => {
    await assert.rejects(fixture({ kind: 'refuse' }), {
      code: 'NOT_A_VIDEO',
      message: 'a poem',
      remedy: 'fix',
      action: 'Read it.',
    });
  });

  test('turns an unforeseen error into one that may be retried', async () => {
    const error = await decoderFailure(fixture({ kind: 'fail' }), /failed: nobody thought of this/);
    assert.match(String(error.cause), /TypeError/);
  });

  for (const signal of ['SIGKILL', 'SIGSEGV'] as const) {
    test(`may die by ${signal}`, async () => {
      const error = await decoderFailure(fixture({ kind: 'die', signal }), new RegExp(signal));
      assert.match(String(error.cause), /last words/);
    });
  }

  test('may exit early', async () => {
    await decoderFailure(fixture({ kind: 'exit', code: 3 }), /exit code 3/);
  });

  test('is ended when it hangs', async () => {
    let pid = 0;
    const onMessage = (message: FixtureMessage) => {
      pid = message.pid;
    };
    const hung = fixture({ kind: 'hang' }, { stallTimeoutMs: 1500, onMessage });
    await decoderFailure(hung, /hung: .* for 1\.5 s, nor did it use the processor, as when a disk/);
    assert.ok(pid > 0 && hasEnded(pid));
  });

  test('is ended by its processor time when it gets no further, however long silence is allowed', async () => {
    let pid = 0;
    const onMessage = (message: FixtureMessage) => {
      pid = message.pid;
    };
    const spinning = fixture({ kind: 'spin' }, { stallTimeoutMs: 600_000, stepSeconds: 0.6, onMessage });
    await decoderFailure(spinning, /got no further in \d s of processor time/);
    assert.ok(pid > 0 && hasEnded(pid));
  });

  test('is not blamed for silence while its parent is busy', async () => {
    const onMessage = () => new Promise<void>((resolve) => setTimeout(resolve, 2200));
    assert.equal(await fixture({ kind: 'count', to: 1, bytes: 1 }, { stallTimeoutMs: 1500, onMessage }), 'counted');
  });

  test('is ended when it eats too much memory', async () => {
    let pid = 0;
    const onMessage = (message: FixtureMessage) => {
      pid = message.pid;
    };
    await decoderFailure(fixture({ kind: 'eat' }, { memoryLimitBytes: 300e6, onMessage }), /MB of memory/);
    assert.ok(pid > 0 && hasEnded(pid));
  });

  test('ends within a second when aborted', async () => {
    const controller = new AbortController();
    let pid = 0;
    let aborted = 0;
    const onMessage = (message: FixtureMessage) => {
      pid = message.pid;
      aborted = performance.now();
      controller.abort();
    };
    await assert.rejects(fixture({ kind: 'hang' }, { signal: controller.signal, onMessage }), { name: 'AbortError' });
    assert.ok(performance.now() - aborted < 1000);
    assert.ok(pid > 0 && hasEnded(pid));
  });

  test('is not started when aborted beforehand', async () => {
    await assert.rejects(fixture({ kind: 'hang' }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  test('ends when the parent cannot handle a message', async () => {
    let pid = 0;
    const onMessage = (message: FixtureMessage) => {
      pid = message.pid;
      throw new RangeError('too many');
    };
    await assert.rejects(fixture({ kind: 'hang' }, { onMessage }), { name: 'RangeError', message: 'too many' });
    assert.ok(pid > 0 && hasEnded(pid));
  });

  test('survives Ctrl-C in the terminal, which the parent handles', async () => {
    assert.equal(await fixture({ kind: 'interrupt' }), 'still here');
  });

  test('does not outlive a parent that is killed', async () => {
    const script = fileURLToPath(new URL('./fixture-parent.ts', import.meta.url));
    const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    assert.ok(pid > 0 && !hasEnded(pid));
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    assert.ok(await endsWithin(pid, 2000));
  });
});

suite('a child between two tasks', () => {
  test('is kept for the next one that comes soon, or replaced if it died meanwhile; one that failed is gone', async () => {
    const pids: number[] = [];
    const onMessage = ({ pid }: FixtureMessage) => void pids.push(pid);
    const task = (input: FixtureInput) => fixture(input, { onMessage });
    const small = { kind: 'count', to: 1, bytes: 3 } as const;
    await task(small);
    process.env.BADMINTON_TRIED = 'other surroundings';
    await task(small);
    delete process.env.BADMINTON_TRIED;
    await task(small);
    const [first = 0, elsewhere, second] = pids;
    assert.equal(first, second);
    assert.notEqual(first, elsewhere);

    process.kill(first, 'SIGKILL');
    assert.equal(await task(small), 'counted');
    const third = pids.at(-1) ?? 0;
    assert.notEqual(third, first);
    await assert.rejects(task({ kind: 'refuse' }));
    assert.ok(hasEnded(third));

    await task(small);
    assert.ok(await endsWithin(pids.at(-1) ?? 0, 6000), 'nothing came');
  });
});
