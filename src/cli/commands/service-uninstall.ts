import { serviceProblem, serviceStanding } from '../../app/service/standing.ts';
import { UsageError } from '../../app/usage-error.ts';
import { print } from '../output.ts';
import { requireManager } from '../service-words.ts';

/** Leaves recordings, data, logs and settings. @throws UsageError if the service is that of another folder */
export async function uninstallService({ json }: { readonly json?: true }): Promise<void> {
  const manager = await requireManager();
  const standing = await serviceStanding();
  const { installed, isOfThisFolder, config } = standing;
  if (installed && !isOfThisFolder) {
    throw new UsageError(`The service is not uninstalled: ${serviceProblem(standing)?.detail}`);
  }
  if (installed) await manager.uninstall();
  print(json, { uninstalled: installed !== undefined, file: installed?.file ?? null }, () =>
    installed
      ? `Uninstalled: ${installed.file}\nEverything else stays${config ? `, such as the data folder ${config.DATA_DIR}` : ''}.`
      : 'No service is installed.',
  );
}
