import { serviceProblem, serviceStanding } from '../../app/service/standing.ts';
import { UsageError } from '../../app/usage-error.ts';
import { print } from '../output.ts';
import { describeService, requireManager, serviceData } from '../service-words.ts';

/** @throws UsageError if no service is installed, or that of another folder is */
export async function controlService(
  verb: 'start' | 'stop' | 'restart',
  { json }: { readonly json?: true },
): Promise<void> {
  const manager = await requireManager();
  const before = await serviceStanding();
  if (!before.installed)
    throw new UsageError('No service is installed. Install it with: npx badminton service install');
  if (!before.isOfThisFolder) throw new UsageError(`The service is not changed: ${serviceProblem(before)?.detail}`);
  await manager[verb]();
  const standing = await serviceStanding();
  print(json, serviceData(standing), () => describeService(standing));
}
