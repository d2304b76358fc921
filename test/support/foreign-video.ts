import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';

type Payload = ReturnType<typeof defaultPayloadConverter.toPayload>;

/** Like a client that encrypts what it writes. */
export const encrypted: Payload = {
  metadata: { encoding: Buffer.from('binary/encrypted') },
  data: Buffer.from('nobody here can read this'),
};
export const plain = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

/** Starts a video as somebody else's client may, where no worker picks it up. Returns its workflow id. */
export async function startForeignVideo(client: Client, memo: Record<string, Payload>): Promise<string> {
  const workflowId = `foreign-${randomUUID()}`;
  await client.workflowService.startWorkflowExecution({
    namespace: client.options.namespace,
    requestId: randomUUID(),
    workflowId,
    workflowType: { name: 'processVideoWorkflow' },
    taskQueue: { name: 'nobody-works-here' },
    input: { payloads: [plain({ videoPath: '/elsewhere/ms_DenvsTu.mov' })] },
    memo: { fields: memo },
  });
  return workflowId;
}
