import { restartExitCode, type ServiceKind, serviceMark } from './mark.ts';

let kind: ServiceKind | undefined;

/**
 * Learns from the environment whether a service manager started this process, and removes the mark from it, so that
 * other programs that this one starts do not take themselves for the service. To be called once, at the start.
 */
export function recognizeService(environment: NodeJS.ProcessEnv = process.env): void {
  const mark = environment[serviceMark];
  delete environment[serviceMark];
  kind = mark === 'systemd' || mark === 'launchd' ? mark : undefined;
}

/** The service manager that started this process, and starts it again when it ends; undefined if none did. */
export const runsAsService = (): ServiceKind | undefined => kind;

/**
 * Stops this process as gently as Ctrl-C does, and has the service manager start it again: with the settings and the
 * program of then.
 * @throws Error if this process does not run as a service, because then nothing would start it again
 */
export function askForRestart(): void {
  if (!kind) throw new Error('This program does not run as a service: stop it and start it again yourself.');
  process.exitCode = restartExitCode;
  process.kill(process.pid, 'SIGTERM');
}
