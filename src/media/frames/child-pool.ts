import type { TaskLimits } from '../run-decoder.ts';
import { type FrameChild, startFrameChild } from './frame-child.ts';
import { unlessAborted } from './shared-work.ts';

export interface ChildPool {
  /** The child that has this version of a recording open; waits for a place where all are busy with other recordings. */
  childFor(path: string, version: string, signal: AbortSignal): Promise<FrameChild>;
  close(): Promise<void>;
}

interface Member {
  readonly child: FrameChild;
  readonly version: string;
  idleTimer?: NodeJS.Timeout;
}

export interface PoolOptions extends TaskLimits {
  readonly maximumChildren: number;
  readonly idleMs: number;
}

/** One child for each recording that is looked at; of those, the one that was not used longest makes room for another. */
export function openChildPool({ maximumChildren, idleMs, ...limits }: PoolOptions): ChildPool {
  const members = new Map<string, Member>();

  async function remove(path: string, member: Member, what: string): Promise<void> {
    if (members.get(path) === member) members.delete(path);
    clearTimeout(member.idleTimer);
    await member.child.end(what);
  }

  function endWhenIdle(path: string, member: Member): void {
    clearTimeout(member.idleTimer);
    const look = () => (member.child.isIdle ? remove(path, member, 'was idle') : endWhenIdle(path, member));
    member.idleTimer = setTimeout(look, idleMs).unref();
  }

  return {
    async childFor(path, version, signal) {
      for (;;) {
        signal.throwIfAborted();
        const known = members.get(path);
        if (known && !known.child.isGone && known.version === version) {
          members.delete(path);
          members.set(path, known);
          endWhenIdle(path, known);
          return known.child;
        }
        if (known) {
          await remove(path, known, 'was ended, because the recording was replaced');
          continue;
        }
        if (members.size < maximumChildren) {
          members.set(path, { child: startFrameChild(path, limits), version });
          continue;
        }
        const unused = [...members].find(([, { child }]) => child.isIdle || child.isGone);
        if (unused) await remove(...unused, 'made room for another recording');
        else await unlessAborted(Promise.race([...members.values()].map(({ child }) => child.idle())), signal);
      }
    },
    async close() {
      await Promise.all([...members].map(([path, member]) => remove(path, member, 'was ended')));
    },
  };
}
