import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** The stages of one video follow each other within this time. */
const keptMilliseconds = 3000;
const mostSpares = 2;
/** Bytes of resident memory. One that has grown would hold on to it for nothing. */
const mostBytes = 300 * 1024 ** 2;

/**
 * Children that have finished a task, kept for a moment for the next one: starting a process costs more than many a task.
 * They neither keep this process alive nor outlive it.
 */
const spares = new Map<ChildProcess, NodeJS.Timeout>();
/** What each child inherited when it started. */
const inherited = new WeakMap<ChildProcess, string>();

const surroundings = () => JSON.stringify([process.cwd(), process.env]);

/** Call for each new child, with the environment of this process. */
export function noteStarted(child: ChildProcess): void {
  inherited.set(child, surroundings());
}

/** Takes over a child that has done its task well and uses that many bytes of memory; false if it is not kept. */
export function keepSpare(child: ChildProcess, bytes: number): boolean {
  if (bytes > mostBytes || !child.connected) return false;
  if (spares.size >= mostSpares) spares.keys().next().value?.kill('SIGKILL');
  spares.set(child, setTimeout(() => child.kill('SIGKILL'), keptMilliseconds).unref());
  child.once('exit', forget);
  child.unref();
  child.channel?.unref();
  (child.stderr as Socket | null)?.unref();
  return true;
}

/** A child to give a task to, as if it had just been started here. It may have died unnoticed. */
export function takeSpare(): ChildProcess | undefined {
  const here = surroundings();
  const child = [...spares.keys()].find((spare) => inherited.get(spare) === here && !spare.killed);
  if (!child) return undefined;
  child.off('exit', forget);
  forget.call(child);
  child.ref();
  child.channel?.ref();
  (child.stderr as Socket | null)?.ref();
  return child;
}

function forget(this: ChildProcess): void {
  clearTimeout(spares.get(this));
  spares.delete(this);
}
