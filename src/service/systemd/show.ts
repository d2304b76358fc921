import type { ServiceState } from '../manager.ts';

/** Which properties `parseShow` reads. */
export const shownProperties = ['ActiveState', 'SubState', 'MainPID', 'ExecMainCode', 'ExecMainStatus'];

/** Reads what `systemctl show --property=…` prints: `Name=value`, one a line. */
export function parseShow(text: string): ServiceState {
  const shown = new Map(
    text.split('\n').map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]),
  );
  const pid = Number(shown.get('MainPID'));
  const lastEnd = endOf(shown.get('ExecMainCode'), shown.get('ExecMainStatus'));
  return {
    activity: activityOf(shown.get('ActiveState'), shown.get('SubState')),
    ...(pid > 0 ? { pid } : lastEnd && { lastEnd }),
  };
}

/** @param code the `si_code` of waitid(2): 1 exited, 2 killed, 3 dumped core; 0 if nothing has ended */
function endOf(code: string | undefined, status: string | undefined): string | undefined {
  if (code === '1') return `exit code ${status}`;
  return code === '2' || code === '3' ? `signal ${status}` : undefined;
}

function activityOf(active = '', sub = ''): ServiceState['activity'] {
  if (sub === 'auto-restart') return 'restarting';
  if (active === 'active' || active === 'reloading' || active === 'activating') return 'running';
  if (active === 'deactivating') return 'stopping';
  return active === 'failed' ? 'failed' : 'stopped';
}
