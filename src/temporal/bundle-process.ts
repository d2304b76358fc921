import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { writeFileAtomic } from '../workspace/atomic-file.ts';
import { failureConverterPath } from './payloads/data-converter.ts';

/**
 * Child process of bundle.ts: bundles the workflows into the given file, `traced` with OpenTelemetry's interceptors,
 * `encoded` with failures for a codec.
 */
const [, , file, ...forms] = process.argv;
if (!file) throw new Error('usage: bundle-process.ts FILE [traced] [encoded]');
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)),
  workflowInterceptorModules: forms.includes('traced')
    ? [fileURLToPath(new URL('./workflow-tracing.ts', import.meta.url))]
    : [],
  ...(forms.includes('encoded') && { failureConverterPath }),
  logger: new DefaultLogger('ERROR'),
});
writeFileAtomic(file, code);
