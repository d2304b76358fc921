import path from 'node:path';
import { openLogFile } from '../log/log-file.ts';
import type { ApiCall } from './api-call.ts';
import type { Fault } from './fault.ts';

/** One answered request. Without query, headers and body: they hold session addresses and tokens. */
export interface LoggedRequest {
  /** 1 for the first since the start. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly call: ApiCall | undefined;
  readonly contentRange: string | undefined;
  /** 0: the connection was cut instead of an answer. */
  readonly status: number;
  readonly ms: number;
  /** The deliberate fault, if any. */
  readonly fault: Fault['kind'] | undefined;
}

const mostBytes = 20_000_000;

/** Every request as one line of `requests.jsonl`; a file that grows large is rotated to `requests.jsonl.1`. */
export interface RequestLog {
  write(request: LoggedRequest): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export function openRequestLog(folder: string): RequestLog {
  // A local YouTube that exits because its log cannot be written helps nobody.
  const file = openLogFile(path.join(folder, 'requests.jsonl'), { mostBytes, keep: 1, onTrouble: () => undefined });
  return {
    write: (request) => file.write(`${JSON.stringify(request)}\n`),
    close: file.close,
  };
}
