import type { ServiceState } from '../manager.ts';

/**
 * Reads what `launchctl print gui/UID/LABEL` prints: `name = value`, indented with one tab for the service itself. The
 * form is for people and may change; what is not found in it is not known.
 */
export function parsePrint(text: string): ServiceState {
  const shown = (name: string) => new RegExp(`^\\t${name} = (.*)$`, 'm').exec(text)?.[1];
  const pid = Number(shown('pid'));
  const code = /^\d+/.exec(shown('last exit code') ?? '')?.[0];
  const signal = shown('last terminating signal');
  const lastEnd = code === undefined ? signal && `signal ${signal}` : `exit code ${code}`;
  return {
    activity: shown('state') === 'running' || pid > 0 ? 'running' : 'restarting',
    ...(pid > 0 ? { pid } : lastEnd && { lastEnd }),
  };
}
