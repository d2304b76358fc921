import { existsSync } from 'node:fs';
import { runningLock } from '../../app/everything-lock.ts';
import { onlyInShell, serviceConfig, servicePlan } from '../../app/service/place.ts';
import { serviceProblem, serviceStanding } from '../../app/service/standing.ts';
import { UsageError } from '../../app/usage-error.ts';
import { unusablePath } from '../../service/plan.ts';
import { tryLock } from '../../workspace/process-lock.ts';
import { print, say } from '../output.ts';
import { describeService, requireManager, serviceData } from '../service-words.ts';

export interface InstallOptions {
  readonly force?: true;
  readonly json?: true;
}

/** Twice is the same as once. */
export async function installService({ force, json }: InstallOptions): Promise<void> {
  const manager = await requireManager();
  const plan = servicePlan(process.env.PATH ?? '');
  const unusable = unusablePath(plan);
  if (unusable !== undefined) {
    throw new UsageError(`A service cannot have a control character in a path: ${JSON.stringify(unusable)}`);
  }
  const before = await serviceStanding();
  if (before.installed && !before.isOfThisFolder && !force) {
    const problem = serviceProblem(before);
    throw new UsageError(`The service is installed, but ${problem?.detail}\n${problem?.action}`);
  }
  const text = manager.textFor(plan);
  if (before.state?.pid === undefined && runsInTerminal()) {
    say('The program is running already, in a terminal perhaps. The service begins once that has ended.');
  }
  await manager.install(text);
  const change =
    before.installed === undefined ? 'installed' : before.installed.text === text ? 'unchanged' : 'updated';
  const standing = await serviceStanding();
  const withoutLogin = await manager.withoutLogin();
  print(json, { change, ...serviceData(standing), withoutLogin: withoutLogin ?? null }, () =>
    [
      {
        installed: `Installed: ${standing.installed?.file}`,
        unchanged: `Installed already, nothing was changed: ${standing.installed?.file}`,
        updated: `Updated: ${standing.installed?.file}`,
      }[change],
      describeService(standing),
      ...(withoutLogin ? [withoutLogin] : []),
      'What it does: npx badminton service logs --follow. Uninstall it with: npx badminton service uninstall',
    ].join('\n'),
  );
  const unseen = onlyInShell(process.env);
  if (unseen.length > 0) {
    say(`The service reads ${plan.folder}/.env, and does not see what is set in this shell: ${unseen.join(', ')}`);
  }
}

/** Whether the service would have to wait for another program on the same data folder. */
function runsInTerminal(): boolean {
  const lock = runningLock(serviceConfig().DATA_DIR);
  if (!existsSync(lock)) return false;
  const release = tryLock(lock);
  release?.();
  return release === undefined;
}
