import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { Stage } from '../../src/domain/stages.ts';
import type { UploadOrder } from '../../src/domain/upload-order.ts';
import { selectionRecord } from '../../src/stages/records.ts';
import { announcePublishing } from '../../src/temporal/activities/announce-publishing.ts';
import type { Activities } from '../../src/temporal/activity-types.ts';
import type { VideoStatus } from '../../src/temporal/names.ts';
import { type Rig, startRig, statusOf, until, untilStage } from '../support/rig.ts';
import { smallMatch } from '../support/small-match.ts';

const messages = [
  'choose',
  'choose with undo',
  'undo',
  'correct',
  'retry',
  'retry and send again',
  'signal',
  'cancel',
] as const;
type Message = (typeof messages)[number];

/**
 * A refusal in the workflow's words (for a signal, in a warning), or the video's state right afterwards, as `STAGE` or
 * `STAGE, chosen`.
 */
type Outcome = RegExp | string;

const nothingChosen = /Nothing has been chosen/;
const nothingToRetry = /There is nothing to retry/;
const notToSendAgain = /can be sent again/;
const fixed = /too late to choose another frame/;
const tooLate = /too late to undo/;
const publishing = /already being published\. Once it is, change it .* npx badminton revise video-[0-9a-f]{16}$/;

/**
 * In every row but the "chosen" ones, the choice is made while the video waits; "held" activities have started and do
 * not end. What is held of an upload: sending the recording; publishing it before, or after, it has begun.
 */
const table: Record<string, Record<Message, Outcome>> = {
  'PREPARING held': {
    choose: /Ranking has not/,
    'choose with undo': /Ranking has not/,
    undo: nothingChosen,
    correct: 'PREPARING',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'PREPARING, chosen',
    cancel: 'CANCELLED',
  },
  'RANKING held': {
    choose: /Ranking has not/,
    'choose with undo': /Ranking has not/,
    undo: nothingChosen,
    correct: 'RANKING',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'RANKING, chosen',
    cancel: 'CANCELLED',
  },
  'RANKING held, chosen': {
    choose: /Ranking has not/,
    'choose with undo': /Ranking has not/,
    undo: 'RANKING',
    correct: 'RANKING, chosen',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'RANKING, chosen',
    cancel: 'CANCELLED',
  },
  WAITING_FOR_SELECTION: {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: nothingChosen,
    correct: 'WAITING_FOR_SELECTION',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'WAITING_FOR_SELECTION, undoable': {
    choose: /has just been chosen/,
    'choose with undo': /has just been chosen/,
    undo: 'WAITING_FOR_SELECTION',
    correct: 'WAITING_FOR_SELECTION, chosen',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: /has just been chosen/,
    cancel: 'CANCELLED',
  },
  'SELECTING held': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: 'SELECTING, chosen',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'ENHANCING held': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: 'ENHANCING, chosen',
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'UPLOADING held, sending': {
    choose: 'UPLOADING, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: publishing,
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'UPLOADING, best',
    cancel: 'CANCELLED',
  },
  'UPLOADING held, not begun': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: publishing,
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'UPLOADING held, begun': {
    choose: fixed,
    'choose with undo': fixed,
    undo: tooLate,
    correct: publishing,
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: fixed,
    cancel: 'CANCELLED',
  },
  'UPLOADING asleep': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: 'UPLOADING, chosen',
    retry: 'COMPLETED, best',
    'retry and send again': notToSendAgain,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'CLEANING_UP held': {
    choose: fixed,
    'choose with undo': fixed,
    undo: tooLate,
    correct: publishing,
    retry: nothingToRetry,
    'retry and send again': nothingToRetry,
    signal: fixed,
    cancel: 'CANCELLED',
  },
  'PREPARING parked': {
    choose: /Ranking has not/,
    'choose with undo': /Ranking has not/,
    undo: nothingChosen,
    correct: 'NEEDS_ATTENTION',
    retry: 'WAITING_FOR_SELECTION',
    'retry and send again': notToSendAgain,
    signal: 'NEEDS_ATTENTION, chosen',
    cancel: 'CANCELLED',
  },
  'RANKING parked': {
    choose: /Ranking has not/,
    'choose with undo': /Ranking has not/,
    undo: nothingChosen,
    correct: 'NEEDS_ATTENTION',
    retry: 'WAITING_FOR_SELECTION',
    'retry and send again': notToSendAgain,
    signal: 'NEEDS_ATTENTION, chosen',
    cancel: 'CANCELLED',
  },
  'SELECTING parked': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: 'WAITING_FOR_SELECTION',
    correct: 'NEEDS_ATTENTION, chosen',
    retry: 'COMPLETED, best',
    'retry and send again': notToSendAgain,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'ENHANCING parked': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: 'WAITING_FOR_SELECTION',
    correct: 'NEEDS_ATTENTION, chosen',
    retry: 'COMPLETED, best',
    'retry and send again': notToSendAgain,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'UPLOADING parked': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: 'NEEDS_ATTENTION, chosen',
    retry: 'COMPLETED, best',
    'retry and send again': notToSendAgain,
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'UPLOADING parked, outcome unknown': {
    choose: 'COMPLETED, second',
    'choose with undo': 'WAITING_FOR_SELECTION, chosen',
    undo: tooLate,
    correct: 'NEEDS_ATTENTION, chosen',
    retry: 'COMPLETED, best',
    'retry and send again': 'COMPLETED, best',
    signal: 'COMPLETED, best',
    cancel: 'CANCELLED',
  },
  'CLEANING_UP parked': {
    choose: fixed,
    'choose with undo': fixed,
    undo: tooLate,
    correct: publishing,
    retry: 'COMPLETED, best',
    'retry and send again': notToSendAgain,
    signal: fixed,
    cancel: 'CANCELLED',
  },
};

const stageOf: Partial<Record<keyof Activities, Stage>> = {
  prepareVideoActivity: 'PREPARING',
  rankThumbnailsActivity: 'RANKING',
  selectThumbnailActivity: 'SELECTING',
  enhanceThumbnailActivity: 'ENHANCING',
  uploadVideoActivity: 'UPLOADING',
  cleanupVideoActivity: 'CLEANING_UP',
};

describe('every message in every state', { concurrency: 4 }, () => {
  let rig: Rig;
  /** What each video's activities do at a stage instead of their work. */
  const trouble = new Map<string, Trouble>();
  const began = new Set<string>();
  let recordings = 0;

  before(async () => {
    rig = await startRig({
      settings: { BADMINTON_UPLOAD_CONCURRENCY: '8', BADMINTON_CPU_CONCURRENCY: '4' },
      around: (activities) => withTrouble(activities, trouble, began),
    });
  });
  after(() => rig.close());

  for (const [row, cells] of Object.entries(table)) {
    it(`${row}: ${messages.length} messages`, async () => {
      const handle = await bring(row);
      const here = await statusOf(handle);
      for (const message of messages.filter((message) => cells[message] instanceof RegExp)) {
        const problem = await send(handle, message, here);
        assert.match(String(problem), cells[message] as RegExp, `${row} × ${message}`);
        assert.deepEqual(told(await statusOf(handle)), told(here), `${row} × ${message} changes nothing`);
      }
      // Messages that leave the video in its state share one video; cancelling comes last.
      const stays = (message: Message) => message === 'correct' || message === 'cancel';
      for (const message of messages.filter((message) => typeof cells[message] === 'string')) {
        const one = stays(message) ? handle : await bring(row);
        const problem = await send(one, message, await statusOf(one));
        assert.equal(problem, undefined, `${row} × ${message} is taken`);
        await arrives(one, String(cells[message]), `${row} × ${message}`);
        if (!stays(message)) await end(one);
      }
    });
  }

  /** A recording with unique content: the drawn match, followed by a box that players skip. */
  async function recording(): Promise<string> {
    const number = ++recordings;
    const file = path.join(rig.folder, 'input', `ms_An${number}vsBo.mov`);
    await smallMatch(file, { seed: 900, seconds: 2 });
    const box = Buffer.alloc(8 + number);
    box.writeUInt32BE(box.length);
    box.write('free', 4);
    appendFileSync(file, box);
    return file;
  }

  /** A video in the state that the row names. */
  async function bring(row: string): Promise<WorkflowHandle> {
    const file = await recording();
    const [stage, how] = row.split(/[ ,]+/) as [Stage, 'held' | 'parked' | 'asleep' | undefined];
    const code = row.endsWith('outcome unknown') ? 'UPLOAD_OUTCOME_UNKNOWN' : 'DECODER_FAILED';
    const part = (['sending', 'not begun', 'begun'] as const).find((each) => row.endsWith(`, ${each}`));
    if (how === 'held' || how === 'parked' || how === 'asleep') trouble.set(file, { stage, how, code, part });
    const handle = await rig.start(file, { topN: 2 });
    if (!['PREPARING', 'RANKING'].includes(stage)) {
      await untilStage(handle, 'WAITING_FOR_SELECTION');
      if (row.includes('undoable')) await send(handle, 'choose with undo', await statusOf(handle));
      else if (stage !== 'WAITING_FOR_SELECTION')
        await handle.executeUpdate('selectThumbnail', { args: [{ best: true }] });
    }
    if (how === 'parked') await untilStage(handle, 'NEEDS_ATTENTION');
    else if (how === 'asleep') await until(handle, ({ waiting }) => waiting !== undefined, 'sleep');
    else await untilStage(handle, stage);
    if (how === 'held') await until(handle, () => began.has(file), `${stage} to begin`);
    if (row.endsWith(', chosen')) await handle.executeUpdate('selectThumbnail', { args: [{ atSeconds: 1 }] });
    trouble.delete(file);
    return handle;
  }

  /** Sends a message; returns the sentence that refuses it, if any. */
  async function send(handle: WorkflowHandle, message: Message, status: VideoStatus): Promise<string | undefined> {
    const second = status.candidates?.[1]?.frame ?? 'frame-unknown.jpg';
    const update = (name: string, ...args: unknown[]) =>
      handle.executeUpdate(name, { args } as { args: [unknown] }).then(
        () => undefined,
        (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
      );
    switch (message) {
      case 'choose':
        return update('selectThumbnail', { frame: second });
      case 'choose with undo':
        return update('selectThumbnail', { frame: second, undoSeconds: 60 });
      case 'undo':
        return update('undoSelection');
      case 'correct':
        return update('correctMatch', { tournament: `Open ${Date.now()}` });
      case 'retry':
        return update('retryStage');
      case 'retry and send again':
        return update('retryStage', { sendAgain: true });
      case 'cancel':
        await handle.cancel();
        return undefined;
      case 'signal': {
        await handle.signal('thumbnailSelectedSignal', { videoPath: status.videoPath });
        const { warnings } = await statusOf(handle).catch(() => status);
        return warnings.find((warning) => warning.startsWith('A selection signal was ignored'));
      }
    }
  }

  async function arrives(handle: WorkflowHandle, outcome: string, cell: string): Promise<void> {
    const [stage, choice] = outcome.split(', ') as [Stage, 'chosen' | 'best' | 'second' | undefined];
    const isTaken = async () => {
      const { candidates = [] } = await statusOf(handle);
      return selectedFrame(handle) === candidates[choice === 'second' ? 1 : 0]?.frame;
    };
    if (stage === 'CANCELLED') {
      await assert.rejects(handle.result());
      assert.equal((await handle.describe()).status.name, 'CANCELLED', cell);
      return;
    }
    if (stage === 'COMPLETED') {
      await handle.result();
      assert.ok(await isTaken(), cell);
      return;
    }
    const status = await untilStage(handle, stage, 20).catch((error) => assert.fail(`${cell}: ${error.message}`));
    assert.equal(status.choice !== undefined, choice !== undefined, `${cell}: whether a choice is shown`);
    if (choice !== 'best' && choice !== 'second') return;
    // It is selected and drawn while the recording is still being sent.
    for (const deadline = Date.now() + 20_000; !(await isTaken()); await sleep(50)) {
      assert.ok(Date.now() < deadline, `${cell}: ${choice} is taken from the recording`);
    }
    await untilStage(handle, stage);
  }

  function selectedFrame({ workflowId }: WorkflowHandle): string | undefined {
    const file = path.join(rig.folder, 'workspaces', workflowId, selectionRecord.file);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).frame : undefined;
  }

  async function end(handle: WorkflowHandle): Promise<void> {
    await handle.cancel().catch(() => undefined);
    await handle.result().catch(() => undefined);
  }
});

/** A status without its warnings, which mention ignored signals. */
const told = ({ warnings: _warnings, ...status }: VideoStatus) => status;

interface Trouble {
  readonly stage: Stage;
  readonly how: 'held' | 'parked' | 'asleep';
  readonly code: string;
  /** Of an upload. */
  readonly part: 'sending' | 'not begun' | 'begun' | undefined;
}

const isPart = ({ part }: Trouble, order: UploadOrder | undefined) =>
  part === undefined || (part === 'sending') === (order?.sendOnly === true);

/** Real activities, except at the stage where a video should be held, fail for good, or sleep. */
function withTrouble(activities: Activities, trouble: ReadonlyMap<string, Trouble>, began: Set<string>): Activities {
  const wrapped = Object.entries(activities).map(([name, run]) => {
    const stage = stageOf[name as keyof Activities];
    const guarded = async (videoPath: string, ...rest: unknown[]) => {
      const planned = trouble.get(videoPath);
      if (planned && planned.stage === stage && isPart(planned, rest[1] as UploadOrder | undefined)) {
        if (planned.part === 'begun') await announcePublishing(Context.current());
        began.add(videoPath);
        const pump = setInterval(() => Context.current().heartbeat({ note: 'held' }), 200);
        try {
          if (planned.how === 'held') await Context.current().cancelled;
        } finally {
          clearInterval(pump);
        }
        const notBefore = planned.how === 'asleep' ? { notBefore: Date.now() + 3_600_000 } : {};
        throw ApplicationFailure.create({
          message: 'Trouble on purpose.',
          type: planned.code,
          nonRetryable: true,
          details: [{ action: 'Lift it.', ...notBefore }],
        });
      }
      return (run as (...args: unknown[]) => Promise<unknown>)(videoPath, ...rest);
    };
    return [name, guarded];
  });
  return Object.fromEntries(wrapped) as Activities;
}
