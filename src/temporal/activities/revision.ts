import { Context } from '@temporalio/activity';
import type { RevisionOrder } from '../../domain/revision-order.ts';
import type { StageContext } from '../../stages/context.ts';
import { drawRevision } from '../../stages/revise/draw.ts';
import { lookAtPublished, reviseVideo } from '../../stages/revise/index.ts';
import { targetOfRevision } from '../../stages/revise/where.ts';
import type { Activities } from '../activity-types.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { asAttempt } from './attempt.ts';
import { requireEnded } from './own-video.ts';

type RevisionActivities = Pick<Activities, 'lookAtPublishedActivity' | 'drawRevisionActivity' | 'reviseVideoActivity'>;

/** Activities on a video that is published, found by its id: its recording may be anywhere by now. */
export function revisionActivities(parts: WorkerParts): RevisionActivities {
  const { stageOptions, youtube } = parts;
  const on = (videoId: string, { id, target: asked }: Pick<RevisionOrder, 'id' | 'target'>) => {
    const { upload, prepare, enhance } = stageOptions(asked ?? targetOfRevision(parts.store, videoId, id));
    const { target } = upload;
    return { options: { ...upload, timeZone: prepare.timeZone }, enhance, target, channel: () => youtube(target) };
  };
  const attempt = <T>(stage: (context: StageContext) => Promise<T>) =>
    asAttempt({ ...parts, admit: (videoId) => requireEnded(parts, videoId, Context.current()) }, stage);
  return {
    lookAtPublishedActivity: (videoId, order) =>
      attempt(async (context) => {
        const { options, channel } = on(videoId, order);
        return lookAtPublished(videoId, order, options, await channel(), context);
      }),
    drawRevisionActivity: (videoId, order) =>
      attempt((context) => {
        const { enhance, target } = on(videoId, order);
        return drawRevision(videoId, order, { ...enhance, target }, context);
      }),
    reviseVideoActivity: (videoId, order) =>
      attempt(async (context) => {
        const { options, channel } = on(videoId, order);
        return reviseVideo(videoId, order, options, await channel(), context);
      }),
  };
}
