import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from '../../test/support/program.ts';
import { arrive, type Club, clockFile } from './club.ts';
import type { Trouble, Victim } from './plan.ts';
import type { Moment } from './points.ts';
import { childrenOf, commandOf, roleOf, signal, stillAlive, ticksOf, treeOf } from './processes.ts';

/** Milliseconds for which a disk stays full, or a folder read-only: long enough for retries and for being parked. */
const lastsFor = 8000;

/** A trouble under way. */
export interface Begun {
  /** False if its moment never came before everything was settled. */
  readonly hasHappened: () => boolean;
  /** True once it has lasted long enough to be undone, whatever the videos do; others wait until these rest. */
  readonly isOver?: () => boolean;
  /** Codes with which a video may be parked while the trouble lasts, because they are true. */
  readonly trueCodes: readonly string[];
  /** Ends the trouble, as a person would who has read the reason. */
  undo(): Promise<void>;
  /** Whatever it does in the background. */
  readonly done: () => Promise<void>;
}

/** Longer than the heartbeat timeout. */
const stoppedMilliseconds = 4500;
/** A spare child is kept for three seconds. */
const childrenEndWithin = 5000;

/** Waits for the moment of the club's trouble, and lets it happen. */
export function beginTrouble(club: Club): Begun {
  const { trouble } = club.plan;
  switch (trouble.kind) {
    case 'kill':
      return kill(club, trouble.victim, trouble.at);
    case 'stop':
      return stop(club, trouble);
    case 'full disk':
      return fillDisk(club, trouble.at);
    case 'unwritable':
      return forbidWriting(club, path.join(club.dataFolder, trouble.folder), trouble.at);
    case 'removed':
    case 'replaced':
      return takeAway(club, trouble);
    case 'clock':
      return shiftClock(club, trouble);
  }
}

interface Acts {
  readonly at: Moment;
  readonly act: () => void | Promise<void>;
  readonly undo?: () => void | Promise<void>;
  readonly trueCodes?: readonly string[];
}

/** It is undone when `act` has ended. */
function lasting(club: Club, acts: Acts): Begun {
  let isOver = false;
  const act = async () => {
    await acts.act();
    isOver = true;
  };
  return { ...trouble(club, { ...acts, act }), isOver: () => isOver };
}

function trouble({ progress, problems }: Club, { at, act, undo = () => undefined, trueCodes = [] }: Acts): Begun {
  let happened = false;
  let done: Promise<void> = Promise.resolve();
  progress.when(at, () => {
    happened = true;
    // `act` begins at once: it must not miss its moment.
    done = (async () => act())().catch((error: Error) => {
      problems.push(`the trouble itself failed: ${error.message}`);
    });
  });
  return {
    hasHappened: () => happened,
    trueCodes,
    done: () => done,
    undo: async () => {
      await done;
      if (happened) await undo();
    },
  };
}

function kill(club: Club, victim: Victim, at: Moment): Begun {
  if (victim === 'decoder' || victim === 'drawing' || victim === 'pose') return killChild(club, victim);
  if (victim === 'studio') return killStudio(club);
  const act = async () => {
    const { program } = club;
    const server = club.serverPid();
    const children = childrenOf(program.pid).filter((pid) => pid !== server);
    if (victim === 'all') for (const pid of children) signal(pid, 'SIGKILL');
    if (victim !== 'server') program.kill();
    if ((victim === 'server' || victim === 'all') && server !== undefined) signal(server, 'SIGKILL');
    if (victim === 'server') return;
    const left = await stillAlive(children, childrenEndWithin);
    for (const pid of left) club.problems.push(`an orphan after kill -9 of its parent: ${commandOf(pid)}`);
  };
  return trouble(club, { at, act });
}

/** Once such a child works: it has used processor time since it was last looked at. They live for moments. */
function killChild({ program, progress }: Club, role: 'decoder' | 'pose' | 'drawing'): Begun {
  const ending = new AbortController();
  let isKilled = false;
  const isTime = () => {
    if (role !== 'pose') return true;
    // Between the scan and the ranking, postures are looked for.
    return progress.events.includes('after scan.bin') && !progress.events.includes('before ranking.json');
  };
  const ticks = new Map<number, number>();
  const watch = async () => {
    for (; !ending.signal.aborted && !isKilled; await sleep(30)) {
      if (!isTime()) continue;
      const wanted = role === 'drawing' ? 'drawing' : 'work';
      for (const pid of childrenOf(program.pid).filter((child) => roleOf(child) === wanted)) {
        const used = ticksOf(pid);
        // A new one has first to load what it needs.
        if (used <= (ticks.get(pid) ?? 20)) continue;
        if (ticks.has(pid)) {
          signal(pid, 'SIGKILL');
          isKilled = true;
          break;
        }
        ticks.set(pid, used);
      }
    }
  };
  const done = watch();
  return {
    hasHappened: () => isKilled,
    trueCodes: [],
    // There may never be such a child.
    done: async () => undefined,
    async undo() {
      ending.abort();
      await done;
    },
  };
}

/** Killed while a choice is under way: the request was sent, and the answer may or may not have come. */
function killStudio(club: Club): Begun {
  const ending = new AbortController();
  let kills = 0;
  const { run } = club.plan;
  const choose = async (videoId: string) => {
    const url = /Studio {2}(http\S+)/.exec((await club.studio?.printed('Studio  http').catch(() => '')) ?? '')?.[1];
    if (url === undefined) return;
    const sent = fetch(new URL(`/api/videos/${videoId}/select`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"best":true}',
      signal: AbortSignal.timeout(20_000),
    }).then(
      (answer) => answer.text(),
      () => undefined,
    );
    if (kills < 2) {
      // At different distances from the request; the first may be too early for the choice to be known.
      if ((run + kills) % 3 > 0) await sleep(((run + kills) % 3) * 15);
      club.studio?.kill();
      kills += 1;
    }
    await sent.catch(() => undefined);
  };
  const watch = async () => {
    while (!ending.signal.aborted) {
      for (const { videoId } of club.contents) {
        if (club.progress.events.includes('after ranking.json') && !ending.signal.aborted) await choose(videoId);
      }
      await sleep(200);
    }
  };
  const done = watch();
  return {
    hasHappened: () => kills > 0,
    trueCodes: [],
    // It goes on until everything is published.
    done: async () => undefined,
    async undo() {
      ending.abort();
      await done;
    },
  };
}

function stop(club: Club, { at, relief }: Trouble & { kind: 'stop' }): Begun {
  const act = async () => {
    const server = club.serverPid();
    const stopped = treeOf(club.program.pid).filter((pid) => pid !== server);
    for (const pid of stopped) signal(pid, 'SIGSTOP');
    const second = relief ? startProgram(['worker'], club.settings) : undefined;
    await second?.printed('Working for');
    await sleep(stoppedMilliseconds);
    for (const pid of stopped) signal(pid, 'SIGCONT');
    if (!second) return;
    // Both work for a while: the attempts that it has taken over, and those that were stopped.
    await sleep(stoppedMilliseconds);
    const { code, stderr } = await second.interrupt();
    if (code !== 0) club.problems.push(`the second worker ended with ${code}: ${stderr}`);
  };
  return trouble(club, { at, act });
}

function fillDisk(club: Club, at: Moment): Begun {
  const filler = path.join(club.dataFolder, 'filler');
  const act = async () => {
    const { bavail, bsize } = statfsSync(club.dataFolder);
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize + 1_000_000));
    } catch {
      // As much as there is room for.
    }
    await sleep(lastsFor);
  };
  return lasting(club, { at, act, trueCodes: ['NO_SPACE'], undo: () => rmSync(filler, { force: true }) });
}

function forbidWriting(club: Club, folder: string, at: Moment): Begun {
  const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  const act = async () => {
    mount('--bind', folder, folder);
    mount('-o', 'remount,ro,bind', folder);
    await sleep(lastsFor);
  };
  const undo = () => void execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
  return lasting(club, { at, act, undo, trueCodes: ['FOLDER_UNUSABLE'] });
}

/** The recording of the first video is moved elsewhere, or another one takes its place. */
function takeAway(club: Club, { kind, at }: Trouble & { kind: 'removed' | 'replaced' }): Begun {
  const { name } = club.contents[0] ?? { name: '' };
  const file = path.join(club.input, name);
  const aside = path.join(club.folder, 'aside.mov');
  let isGone = false;
  const begun = trouble(club, {
    at,
    act() {
      // Moved to the completed folder a moment ago: there is nothing to take away.
      if (!existsSync(file)) return;
      if (kind === 'removed') renameSync(file, aside);
      else arrive(club.replacement.original, file);
      isGone = true;
    },
    undo() {
      if (existsSync(aside)) renameSync(aside, file);
    },
    trueCodes: kind === 'removed' ? ['FILE_MISSING'] : ['FILE_CHANGED', 'FILE_MISSING'],
  });
  return { ...begun, hasHappened: () => isGone };
}

function shiftClock(club: Club, { seconds, at }: Trouble & { kind: 'clock' }): Begun {
  const shift = () => writeFileSync(clockFile(club.folder), String(seconds));
  // From the start: `run-one.ts` has written it before anything was started.
  if (at === 'start') {
    return { hasHappened: () => true, trueCodes: [], done: async () => undefined, undo: async () => undefined };
  }
  return trouble(club, { at, act: shift });
}
