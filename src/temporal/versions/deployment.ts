import { type Client, isGrpcServiceError } from '@temporalio/client';
import { RefusedError } from '../client/errors.ts';
import { deploymentName } from '../names.ts';

/** What the server keeps about the versions of the workflows' workers. */
export interface Deployment {
  /** Name of the version that gets the workflows' tasks; undefined if none has been set. */
  readonly currentBuildId: string | undefined;
  /** Changes with every change; undefined before the first one. */
  readonly token: Uint8Array | undefined;
}

/** gRPC status codes. */
const notFound = 5;
const permissionDenied = 7;
const failedPrecondition = 9;
const unimplemented = 12;

export async function describeDeployment(client: Client, taskQueue: string): Promise<Deployment> {
  const { namespace } = client.options;
  try {
    const { workerDeploymentInfo, conflictToken } = await client.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName: deploymentName(taskQueue),
    });
    const { currentDeploymentVersion } = workerDeploymentInfo?.routingConfig ?? {};
    return { currentBuildId: currentDeploymentVersion?.buildId || undefined, token: conflictToken };
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === notFound) return { currentBuildId: undefined, token: undefined };
    throw explainVersions(error);
  }
}

/**
 * Has the workflows' tasks go to the workers of a version, whether or not one has asked for work yet.
 * @param token of the deployment on which this was decided
 * @returns false if somebody has changed the deployment since
 */
export async function setCurrentVersion(
  client: Client,
  taskQueue: string,
  buildId: string,
  token: Uint8Array | undefined,
): Promise<boolean> {
  const { namespace, identity = '' } = client.options;
  try {
    await client.workflowService.setWorkerDeploymentCurrentVersion({
      namespace,
      deploymentName: deploymentName(taskQueue),
      buildId,
      identity,
      allowNoPollers: true,
      ignoreMissingTaskQueues: true,
      ...(token && { conflictToken: token }),
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === failedPrecondition) return false;
    throw explainVersions(error);
  }
}

function explainVersions(error: unknown): unknown {
  if (!isGrpcServiceError(error) || ![permissionDenied, unimplemented].includes(error.code)) return error;
  return new RefusedError(
    `This Temporal server does not keep versions of workers (${error.details}), so that machines with different versions ` +
      "of this program could break each other's videos. It must be version 1.29 or later, and allow them: " +
      'system.enableDeploymentVersions in its dynamic configuration.',
    { cause: error },
  );
}
