import { Connection } from '@temporalio/client';

/** Ninety days; by default the development server forgets a closed workflow after one. */
const retentionSeconds = 90 * 24 * 3600;

/** Sets how long the embedded server remembers closed workflows. */
export async function keepHistory(address: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflowService } = connection;
    const { config } = await workflowService.describeNamespace({ namespace: 'default' });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds) === retentionSeconds) return;
    await workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: { seconds: retentionSeconds as never } },
    });
  } finally {
    await connection.close();
  }
}
