import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { writeFileAtomic } from '../workspace/atomic-file.ts';

/** Child process of bundle.ts: bundles the workflows into the given file, `traced` with OpenTelemetry's interceptors. */
const [, , file, traced] = process.argv;
if (!file) throw new Error('usage: bundle-process.ts FILE [traced]');
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
  workflowInterceptorModules: traced ? [fileURLToPath(new URL('./workflow-tracing.ts', import.meta.url))] : [],
  logger: new DefaultLogger('ERROR'),
});
writeFileAtomic(file, code);
