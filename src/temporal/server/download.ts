import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Lets the SDK download its Temporal CLI into `folder`; undefined without internet, which shows within moments. */
export async function downloadServer(folder: string, say: (message: string) => void): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  say('Downloading the Temporal server (once) …');
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  try {
    const environment = await TestWorkflowEnvironment.createLocal({
      server: { ui: false, executable: { type: 'cached-download', downloadDir: folder } },
    });
    await environment.teardown();
  } catch {
    say('No download was possible.');
    return undefined;
  }
  const [name] = readdirSync(folder);
  return name && join(folder, name);
}
