import { mkdirSync, readdirSync, statSync } from 'node:fs';
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
  // An earlier version of the SDK may have left its own.
  const files = readdirSync(folder).map((name) => join(folder, name));
  return files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}
