import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../../child/child-environment.ts';
import { freeBlockedPorts, freePort } from '../server/blocked-ports.ts';

const host = '127.0.0.1';
const readyWithin = 30_000;
/** Milliseconds without a request after which it ends. */
const keptFor = 5 * 60_000;

/** What the Web UI is made of: its pages, styles and scripts, and nothing of anybody's. */
export interface PageServer {
  /** Starts it if it does not run. @throws Error when it does not start */
  port(): Promise<number>;
  close(): Promise<void>;
}

/**
 * The Web UI's own server answers whoever asks, under any name, and gives them all of the Temporal server that it belongs
 * to. It belongs to nobody's therefore: to one in memory with nothing in it, which runs while the Web UI is used.
 */
export function openPageServer(binary: () => Promise<string>): PageServer {
  let running: Promise<{ readonly child: ChildProcess; readonly port: number }> | undefined;
  let idle: NodeJS.Timeout | undefined;
  const stop = async () => {
    clearTimeout(idle);
    const stopped = running;
    running = undefined;
    const child = (await stopped?.catch(() => undefined))?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.stdin?.end();
    await ended;
  };
  const start = () => {
    const started = binary().then(startPages);
    const forget = () => {
      if (running === started) running = undefined;
    };
    started.then(({ child }) => child.once('exit', forget), forget);
    return started;
  };
  return {
    async port() {
      clearTimeout(idle);
      idle = setTimeout(() => void stop(), keptFor).unref();
      running ??= start();
      return (await running).port;
    },
    close: stop,
  };
}

/**
 * Ends with us, also when we are killed: its standard input ends then. In a session of its own, so that Ctrl-C does not
 * end it before it is closed.
 */
const untilInputEnds = [
  'exec 3<&0; "$@" </dev/null 3<&- & server=$!',
  '(cat <&3; kill -9 $server) >/dev/null 2>&1 & watch=$!',
  'exec 3<&-; wait $server; kill $watch 2>/dev/null',
].join('\n');

async function startPages(binary: string): Promise<{ child: ChildProcess; port: number }> {
  const [port = 0, metricsPort = 0] = await freeBlockedPorts(host, 2);
  const args = [
    ...['server', 'start-dev', '--ip', host, '--port', String(await freePort(host, 0)), '--ui-port', String(port)],
    ...['--metrics-port', String(metricsPort), '--log-level', 'never'],
    ...['--dynamic-config-value', 'frontend.httpAllowedHosts=[]'],
    ...['--dynamic-config-value', 'system.enableNexus=false'],
  ];
  const child = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', binary, ...args], {
    detached: true,
    env: childEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  for (const deadline = Date.now() + readyWithin; isAlive() && Date.now() < deadline; await sleep(50)) {
    if (await answers(port)) return { child, port };
  }
  child.stdin?.end();
  throw new Error('The pages of the Temporal Web UI could not be started.');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host, port, path: '/favicon.ico', signal: AbortSignal.timeout(1000) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}
