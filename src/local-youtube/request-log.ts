import { appendFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
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
  /** What went wrong with it on purpose. */
  readonly fault: Fault['kind'] | undefined;
}

const largestBytes = 20_000_000;

/** Every request as one line of `requests.jsonl`; a large log is begun anew at the start. */
export interface RequestLog {
  write(request: LoggedRequest): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export async function openRequestLog(folder: string): Promise<RequestLog> {
  const file = path.join(folder, 'requests.jsonl');
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestBytes) await rm(file, { force: true });
  let written = Promise.resolve();
  return {
    write(request) {
      const line = `${JSON.stringify(request)}\n`;
      // Nobody is helped by a local YouTube that ends because its log cannot be written.
      written = written.then(() => appendFile(file, line)).catch(() => undefined);
    },
    close: () => written,
  };
}
