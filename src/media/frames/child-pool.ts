import { unlessAborted } from '../../async/shared-work.ts';
import type { TaskLimits } from '../run-decoder.ts';
import { type AnsweredFrame, type FrameChild, NotBegun, startFrameChild } from './frame-child.ts';
import type { FrameQuery } from './wire.ts';

export interface ChildPool {
  /**
   * Asks the child that has this version of a recording open; if all children are busy with other recordings, waits for
   * a place.
   * @throws what the child throws
   */
  frame(path: string, version: string, query: FrameQuery, signal: AbortSignal): Promise<AnsweredFrame>;
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

/** One child for each recording that is being looked at; the least recently used idle child makes room for another. */
export function openChildPool({ maximumChildren, idleMs, ...limits }: PoolOptions): ChildPool {
  /** Least recently used first. */
  const members = new Map<string, Member>();
  const ending = new Set<Promise<void>>();

  async function remove(path: string, member: Member, what: string): Promise<void> {
    if (members.get(path) === member) members.delete(path);
    clearTimeout(member.idleTimer);
    const end = member.child.end(what);
    ending.add(end);
    await end;
    ending.delete(end);
  }

  function endWhenIdle(path: string, member: Member): void {
    clearTimeout(member.idleTimer);
    const look = () => (member.child.isIdle ? remove(path, member, 'was idle') : endWhenIdle(path, member));
    member.idleTimer = setTimeout(look, idleMs).unref();
  }

  /** Makes room for one more child, or waits until it is worth trying again. */
  async function makeRoom(signal: AbortSignal): Promise<void> {
    if (ending.size > 0) return unlessAborted(Promise.race(ending), signal);
    const unused = [...members].find(([, { child }]) => child.isIdle || child.isGone);
    if (unused) return remove(...unused, 'made room for another recording');
    const idle = [...members.values()].map(({ child }) => child.idle());
    await unlessAborted(Promise.race(idle), signal);
  }

  return {
    async frame(path, version, query, signal) {
      for (;;) {
        signal.throwIfAborted();
        const known = members.get(path);
        if (known && !known.child.isGone && known.version === version) {
          members.delete(path);
          members.set(path, known);
          endWhenIdle(path, known);
          try {
            return await known.child.frame(query, signal);
          } catch (error) {
            if (error instanceof NotBegun) continue;
            throw error;
          }
        }
        if (known) await remove(path, known, 'was ended, because the recording was replaced');
        else if (members.size + ending.size >= maximumChildren) await makeRoom(signal);
        else members.set(path, { child: startFrameChild(path, limits), version });
      }
    },
    async close() {
      const all = [...members].map(([path, member]) => remove(path, member, 'was ended'));
      await Promise.all([...all, ...ending]);
    },
  };
}
