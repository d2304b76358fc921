import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { StudioAddress } from './find-studio.ts';
import type { Failure } from './not-reached.ts';
import { asking, machineName } from './trust.ts';

export interface MachineRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** No answer came from a machine. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly failure: Failure;

  constructor(failure: Failure, cause: unknown) {
    super(`No answer came: ${failure}.`, { cause });
    this.failure = failure;
  }
}

/** Connections to the studios of other machines. */
export interface MachineLine {
  /**
   * Every request is one that changes nothing: it may be sent twice.
   * @throws NoAnswerError; the signal's reason when aborted
   */
  ask(hostId: string, address: StudioAddress, wish: MachineRequest): Promise<IncomingMessage>;
  close(): void;
}

/** Milliseconds until a connection must be there, and until an answer begins. */
const connectWithin = 3000;
const answerBegins = 30_000;
const mostConnections = 12;

/** @param key what the machines share */
export function openMachineLine(key: string, own: string): MachineLine {
  const agents = new Map<string, Agent>();
  const agentFor = (hostId: string) => {
    // One for each machine: a connection is good for one only.
    const agent =
      agents.get(hostId) ?? new Agent({ keepAlive: true, maxSockets: mostConnections, maxCachedSessions: 0 });
    agents.set(hostId, agent);
    return agent;
  };

  function send(hostId: string, { host, port }: StudioAddress, wish: MachineRequest): ClientRequest {
    const { method, target, headers, body, signal } = wish;
    const asked = request({
      ...asking(key, own, hostId),
      ...{ host, port, method, path: target, agent: agentFor(hostId), signal },
      headers: { ...headers, host: machineName(hostId) },
    });
    asked.end(body);
    return asked;
  }

  return {
    async ask(hostId, address, wish) {
      const first = send(hostId, address, wish);
      try {
        return await answerTo(first, wish.signal);
      } catch (error) {
        // The machine may have closed a connection that was kept open, just as it was used again.
        const wasClosed = first.reusedSocket && error instanceof NoAnswerError && error.failure === 'not-reached';
        if (!wasClosed) throw error;
        return answerTo(send(hostId, address, wish), wish.signal);
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

function answerTo(asked: ClientRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  let reached: 'no' | 'connected' | 'trusted' = 'no';
  let isLate = false;
  const giveUp = () => {
    isLate = true;
    asked.destroy(new Error('It took too long.'));
  };
  asked.once('socket', (socket) => {
    if (asked.reusedSocket) {
      reached = 'trusted';
      return;
    }
    const timer = setTimeout(giveUp, connectWithin);
    socket.once('connect', () => {
      reached = 'connected';
    });
    socket.once('secureConnect', () => {
      reached = 'trusted';
      clearTimeout(timer);
    });
    socket.once('close', () => clearTimeout(timer));
  });
  asked.setTimeout(answerBegins, giveUp);
  asked.once('response', (answer) => {
    // From now on the reader sets the pace: a player that has enough of a recording pauses.
    asked.setTimeout(0);
    resolve(answer);
  });
  asked.on('error', (error) => {
    if (signal.aborted) return reject(signal.reason);
    const failure =
      isLate && reached === 'trusted' ? 'too-slow' : reached === 'connected' ? 'not-trusted' : 'not-reached';
    return reject(new NoAnswerError(failure, error));
  });
  return promise;
}
