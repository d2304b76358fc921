import { serviceConfig } from '../../app/service/place.ts';
import { serviceLogFile } from '../../app/service/service-log.ts';
import { followLog } from '../../log/follow-log.ts';
import { lastLines } from '../../log/last-lines.ts';
import { say } from '../output.ts';

export interface LogsOptions {
  readonly follow?: true;
  readonly lines: number;
}

/** Prints the end of the service's log, and what is added to it. */
export async function serviceLogs({ follow, lines }: LogsOptions): Promise<void> {
  const file = serviceLogFile(serviceConfig().DATA_DIR);
  const { text, end } = await lastLines(file, lines);
  if (end === undefined && !follow) return say(`There is no log yet: ${file}`);
  process.stdout.write(text);
  if (!follow) return;
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort());
  // A pipe that was closed, such as that of `| head`.
  process.stdout.once('error', () => ending.abort());
  for await (const chunk of followLog(file, end, ending.signal)) process.stdout.write(chunk);
}
