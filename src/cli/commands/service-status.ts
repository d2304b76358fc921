import { serviceLogFile } from '../../app/service/service-log.ts';
import { serviceProblem, serviceStanding } from '../../app/service/standing.ts';
import { print } from '../output.ts';
import { describeService, serviceData } from '../service-words.ts';

/** Exit code 1 unless the service runs. */
export async function serviceStatus({ json }: { readonly json?: true }): Promise<void> {
  const standing = await serviceStanding();
  const { installed, config, state } = standing;
  const problem = serviceProblem(standing);
  print(json, serviceData(standing), () =>
    [
      `Service  ${describeService(standing)}`,
      ...(installed ? [`File     ${installed.file}`, `Folder   ${installed.folder ?? 'not known'}`] : []),
      ...(config ? [`Log      ${serviceLogFile(config.DATA_DIR)}`] : []),
      ...(problem ? [`Problem  ${problem.detail}`, `         → ${problem.action}`] : []),
    ].join('\n'),
  );
  if (state?.activity !== 'running') process.exitCode = 1;
}
