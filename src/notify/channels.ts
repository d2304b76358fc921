import { type ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from '../child/child-environment.ts';
import { formats, kindOfWebhook, type WebhookKind } from './formats/index.ts';
import type { Message } from './message.ts';
import { NotPublicError, postAnywhere, postOnInternet } from './post.ts';

/** A way to reach a person. */
export interface NoticeChannel {
  readonly name: 'webhook' | 'command';
  /** Whether a burst of notices comes as one message. */
  readonly takesMany: boolean;
  /** @throws Error whose message contains neither the address nor anything else that may be secret */
  deliver(message: Message, signal: AbortSignal): Promise<void>;
}

/** How long one delivery may take, in milliseconds. */
export const deliverWithin = 15_000;
const isWindows = process.platform === 'win32';
/** The command's way to the network. They may hold a password, but without them it reaches nobody behind a proxy. */
const proxies = /^(https?|no)_proxy$/i;

export interface WebhookOptions {
  /** Whether the address may be of this machine or its network: only whoever runs the machine can decide that. */
  readonly mayBeLocal: boolean;
  /** By default, what the address shows. */
  readonly kind?: WebhookKind | undefined;
}

/** Sends messages to a webhook, each in the form that its service wants. */
export function webhook(address: string, { mayBeLocal, kind = kindOfWebhook(address) }: WebhookOptions): NoticeChannel {
  const post = mayBeLocal ? postAnywhere : postOnInternet;
  return {
    name: 'webhook',
    takesMany: true,
    async deliver(message, signal) {
      const request = await formats[kind](message, address);
      const status = await post(request, signal).catch((cause) => {
        // What failed reveals the address, which is as sensitive as a password.
        if (cause instanceof NotPublicError) throw new Error(cause.message);
        throw new Error(
          cause?.cause?.name === 'TimeoutError' ? 'it did not answer in time' : 'it could not be reached',
        );
      });
      // A redirect is not followed: it might lead anywhere.
      if (status < 200 || status > 299) throw new Error(`it answered with status ${status}`);
    },
  };
}

/** Runs a user-defined command line, with the notice in its environment and as JSON on its standard input. */
export function command(line: string): NoticeChannel {
  return {
    name: 'command',
    takesMany: false,
    deliver: ({ notices: [{ key: _, ...notice }] }, signal) =>
      new Promise((done, fail) => {
        const { kind, videoId, title, text, link } = notice;
        const child = spawn(line, {
          shell: true,
          stdio: ['pipe', 'ignore', 'ignore'],
          // Its own process group, so that whatever the shell started ends with it.
          detached: !isWindows,
          env: {
            ...childEnvironment(process.env, proxies),
            ...{ NOTICE_KIND: kind, NOTICE_VIDEO: videoId, NOTICE_TITLE: title, NOTICE_TEXT: text, NOTICE_LINK: link },
          },
        });
        const giveUp = () => {
          fail(new Error('it took too long'));
          endGroup(child);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        child.once('error', () => fail(new Error('it could not be run')));
        child.once('close', (code) => {
          signal.removeEventListener('abort', giveUp);
          if (code === 0) done();
          else fail(new Error(`it ended with exit code ${code}`));
        });
        // A command that reads nothing closes its end of the pipe.
        child.stdin.once('error', () => {});
        child.stdin.end(`${JSON.stringify(notice)}\n`);
      }),
  };
}

function endGroup(child: ChildProcess): void {
  if (isWindows || child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid);
  } catch {
    // It has already ended.
  }
}
