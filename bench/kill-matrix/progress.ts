import { existsSync, type FSWatcher, mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { LocalYouTubeOptions } from '../../src/local-youtube/local-youtube.ts';
import { followHistory } from './history.ts';
import type { Moment } from './points.ts';

/** What has happened so far, as seen from outside: files, requests and the histories of the workflows. */
export interface Progress extends Disposable {
  readonly events: readonly string[];
  /** Calls `act` as soon as the moment has come, in the very turn in which it is noticed. */
  when(moment: Moment, act: () => void): void;
  note(event: string): void;
  watchWorkspace(folder: string): void;
  watchRecordings(input: string, completed: string): void;
  watchHistory(client: () => Promise<Client>, videoId: string): void;
  /** To be passed to the local YouTube. */
  readonly requests: Required<Pick<LocalYouTubeOptions, 'log' | 'faults'>>;
}

export function watchProgress(): Progress {
  const events: string[] = [];
  const waiting = new Set<{ moment: Moment; act: () => void }>();
  const watchers: FSWatcher[] = [];
  const ending = new AbortController();
  const seen = new Set<string>();

  const note = (event: string) => {
    events.push(event);
    for (const each of waiting) {
      const { moment, act } = each;
      const isNow = 'point' in moment ? moment.point === event : events.length >= moment.nth;
      if (!isNow) continue;
      waiting.delete(each);
      act();
    }
  };
  const once = (key: string, event: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    note(event);
  };
  const look = (folder: string, see: (name: string) => void) => {
    mkdirSync(folder, { recursive: true });
    // A folder that is taken away with its disk is not watched any more.
    watchers.push(watch(folder, (_, name) => name !== null && see(name)).on('error', () => undefined));
  };

  return {
    events,
    note,
    when(moment, act) {
      if (!('point' in moment) && events.length >= moment.nth) act();
      else waiting.add({ moment, act });
    },
    watchWorkspace(folder) {
      let before = '';
      look(folder, (name) => {
        const temporary = /^\.(.+\.json)\.[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
        if (temporary !== undefined) return once(`${folder}/${name}`, `before ${temporary}`);
        // The system tells of the same change several times.
        const is = `${name} ${events.length}`;
        const isFinished = (name.endsWith('.json') || name === 'scan.bin') && !name.startsWith('.');
        if (!isFinished || is === before) return;
        if (existsSync(path.join(folder, name))) note(`after ${name}`);
        before = `${name} ${events.length}`;
      });
    },
    watchRecordings(input, completed) {
      look(completed, (name) => once(`${completed}/${name}`, 'recording in completed'));
      look(input, (name) => {
        if (name.endsWith('.mov') && !existsSync(path.join(input, name)))
          once(`${input}/${name}`, 'recording gone from input');
      });
    },
    watchHistory(client, videoId) {
      void followHistory({ client, videoId, signal: ending.signal }, (activity) => note(`done ${activity}`));
    },
    requests: {
      faults({ call, contentRange }) {
        if (call) note(`asked ${isLast(contentRange) ? 'last chunk' : call}`);
        return undefined;
      },
      log({ call, contentRange }) {
        if (call) note(`answered ${isLast(contentRange) ? 'last chunk' : call}`);
      },
    },
    [Symbol.dispose]() {
      ending.abort();
      for (const watcher of watchers) watcher.close();
    },
  };
}

function isLast(contentRange: string | undefined): boolean {
  const [, last, size] = /^bytes \d+-(\d+)\/(\d+)$/.exec(contentRange ?? '') ?? [];
  return last !== undefined && Number(last) + 1 === Number(size);
}
