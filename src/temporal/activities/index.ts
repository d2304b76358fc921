import { existsSync } from 'node:fs';
import { ApplicationFailure, Context } from '@temporalio/activity';
import proto from '@temporalio/proto';
import { buildMetadata } from '../../domain/metadata.ts';
import type { Choice } from '../../domain/selection.ts';
import type { UploadOrder } from '../../domain/upload-order.ts';
import { cleanupVideo } from '../../stages/cleanup/index.ts';
import type { StageContext } from '../../stages/context.ts';
import { enhanceThumbnail } from '../../stages/enhance/index.ts';
import { freeBytes } from '../../stages/prepare/free-space.ts';
import { prepareVideo } from '../../stages/prepare/index.ts';
import { rankThumbnails } from '../../stages/rank/index.ts';
import { selectThumbnail } from '../../stages/select/index.ts';
import { destinationOf } from '../../stages/upload/destination.ts';
import { uploadVideo } from '../../stages/upload/index.ts';
import { isRehearsal } from '../../workspace/ledger.ts';
import type { Activities } from '../activity-types.ts';
import { liveHosts } from '../live-hosts.ts';
import { buildIdOf, ownVersion } from '../versions/program-version.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { announcePublishing } from './announce-publishing.ts';
import { asAttempt } from './attempt.ts';
import { requireOwnVideo, requirePreparedVideo } from './own-video.ts';
import { revisionActivities } from './revision.ts';

const { PendingActivityState } = proto.temporal.api.enums.v1;
const uploadActivity: keyof Activities = 'uploadVideoActivity';

/** The activities, built on this machine's parts. Thin: the work of each stage is in `src/stages`. */
export function createActivities(parts: WorkerParts): Activities {
  const { host, stageOptions, videoSettings } = parts;
  const ownOnly = (videoPath: string) => ({
    ...parts,
    admit: (videoId: string) => requireOwnVideo(parts, videoPath, videoId, Context.current()),
  });
  const preparedOnly = (videoPath: string) => ({
    ...parts,
    admit: (videoId: string) => requirePreparedVideo(parts, videoPath, videoId, Context.current()),
  });
  const ownAndPrepared = (videoPath: string) => ({
    ...parts,
    async admit(videoId: string) {
      requirePreparedVideo(parts, videoPath, videoId, Context.current());
      await requireOwnVideo(parts, videoPath, videoId, Context.current());
    },
  });
  /** Adds this machine's current name to the result: it may have been renamed since it accepted the video. */
  const namedAttempt = async <T extends object>(
    own: Parameters<typeof asAttempt>[0],
    stage: (context: StageContext) => Promise<T>,
  ) => ({ ...(await asAttempt(own, stage)), hostName: host.name });
  const targetNow = () => stageOptions().upload.target;
  /** A workflow of an earlier version does not say which run it is: then it is the server's. */
  const destination = (videoPath: string, order: UploadOrder = {}, context: StageContext) =>
    destinationOf(
      videoPath,
      {
        ...{ set: targetNow(), run: order.run ?? context.attempt.line, sentTo: order.target },
        isSentAgain: order.sendAgain !== undefined,
      },
      context,
    );
  return {
    async listHostsActivity(taskQueue) {
      const { hosts, others } = await liveHosts(Context.current().client, taskQueue);
      // This worker runs, even if it has just begun to ask for work.
      const isListed = hosts.some(({ id }) => id === host.id);
      return { hosts: isListed ? hosts : [host, ...hosts], others };
    },

    async hasUploadBegunActivity() {
      const { client, info } = Context.current();
      const { workflowId, runId } = info.workflowExecution ?? {};
      if (!workflowId) return false;
      const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
      const uploads = (raw.pendingActivities ?? []).filter(({ activityType }) => activityType?.name === uploadActivity);
      return uploads.some(({ state }) => state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
    },

    async acceptVideoActivity(videoPath) {
      if (!existsSync(videoPath)) throw notHere(videoPath, host.name);
      return { hostId: host.id, hostName: host.name, settings: videoSettings() };
    },

    async describeHostActivity() {
      return {
        buildId: buildIdOf(ownVersion()),
        startedAt: new Date(performance.timeOrigin).toISOString(),
        freeBytes: await freeBytes(parts.store.workspaceRoot),
        studioAddresses: parts.studioAddresses?.() ?? [],
      };
    },

    async cancelOwnVideoActivity() {
      const { client, info } = Context.current();
      const { workflowId, runId } = info.workflowExecution ?? {};
      if (workflowId) await client.workflow.getHandle(workflowId, runId).cancel();
    },

    prepareVideoActivity: (videoPath, corrections) =>
      namedAttempt(ownOnly(videoPath), async (context) => {
        const { record, match, warnings, published, videoId } = await prepareVideo(
          videoPath,
          { ...stageOptions().prepare, corrections },
          context,
        );
        const { title } = buildMetadata({
          ...stageOptions().metadata,
          match,
          date: record.recordedOn,
          videoId,
          corrections,
        });
        return {
          videoId,
          recording: record.recording,
          durationSeconds: record.info.durationSeconds,
          match,
          recordedOn: record.recordedOn,
          title,
          warnings,
          ...(published && {
            published: {
              youtubeId: published.youtubeId,
              watchUrl: published.watchUrl,
              title: published.title,
              rehearsal: isRehearsal(published.target),
            },
          }),
        };
      }),

    rankThumbnailsActivity: (videoPath, topN) =>
      namedAttempt(preparedOnly(videoPath), async (context) => {
        const { candidates, notes } = await rankThumbnails(videoPath, topN, context, stageOptions().rank);
        return {
          candidates: candidates.map(({ rank, frame, time, score, why }) => ({ rank, frame, time, score, why })),
          notes,
        };
      }),

    selectThumbnailActivity: (videoPath, selectedFrame, atSeconds) =>
      namedAttempt(preparedOnly(videoPath), async (context) => {
        const { frame, time } = await selectThumbnail(videoPath, asChoice(selectedFrame, atSeconds), context);
        return { frame, time };
      }),

    enhanceThumbnailActivity: (videoPath, template, corrections, look) =>
      namedAttempt(preparedOnly(videoPath), async (context) => {
        const { file, warnings } = await enhanceThumbnail(
          videoPath,
          { ...stageOptions().enhance, ...look, template, corrections },
          context,
        );
        return { file, warnings };
      }),

    uploadVideoActivity: (videoPath, corrections, order) =>
      namedAttempt(ownAndPrepared(videoPath), async (context) => {
        if (!order?.sendOnly) await announcePublishing(Context.current());
        const target = await destination(videoPath, order, context);
        const options = { ...stageOptions(target).upload, targetNow, corrections, order };
        const uploaded = await uploadVideo(videoPath, options, await parts.youtube(target), context);
        return { ...uploaded, rehearsal: isRehearsal(target) };
      }),

    ...revisionActivities(parts),

    cleanupVideoActivity: (videoPath, order) =>
      namedAttempt(preparedOnly(videoPath), async (context) => {
        const target = await destination(videoPath, order, context);
        return cleanupVideo(videoPath, stageOptions(target).cleanup, context);
      }),
  };
}

function asChoice(frame?: string | null, atSeconds?: number | null): Choice {
  if (typeof frame === 'string') return { frame };
  return typeof atSeconds === 'number' ? { atSeconds } : { best: true };
}

/** Retryable: another machine on the same queue may be the one that has the file. */
function notHere(videoPath: string, hostName: string): ApplicationFailure {
  return ApplicationFailure.create({
    message: `There is no file ${videoPath} on ${hostName}.`,
    type: 'FILE_MISSING',
    details: [{ action: 'Put the recording back, then retry. Or cancel, and start it from its new place.' }],
  });
}
