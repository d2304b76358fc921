import { Context } from '@temporalio/activity';
import type { StageContext } from '../../stages/context.ts';
import { drawRevision } from '../../stages/revise/draw.ts';
import { lookAtPublished, reviseVideo } from '../../stages/revise/index.ts';
import type { Activities } from '../activity-types.ts';
import type { WorkerParts } from '../worker-parts.ts';
import { asAttempt } from './attempt.ts';
import { requireEnded } from './own-video.ts';

type RevisionActivities = Pick<Activities, 'lookAtPublishedActivity' | 'drawRevisionActivity' | 'reviseVideoActivity'>;

/** Activities on a video that is published, found by its id: its recording may be anywhere by now. */
export function revisionActivities(parts: WorkerParts): RevisionActivities {
  const { stageOptions, youtube } = parts;
  const options = () => ({ ...stageOptions().upload, timeZone: stageOptions().prepare.timeZone });
  const attempt = <T>(stage: (context: StageContext) => Promise<T>) =>
    asAttempt({ ...parts, admit: (videoId) => requireEnded(parts, videoId, Context.current()) }, stage);
  return {
    lookAtPublishedActivity: (videoId, order) =>
      attempt((context) => lookAtPublished(videoId, order, options(), youtube, context)),
    drawRevisionActivity: (videoId, order) =>
      attempt((context) =>
        drawRevision(videoId, order, { ...stageOptions().enhance, target: options().target }, context),
      ),
    reviseVideoActivity: (videoId, order) =>
      attempt((context) => reviseVideo(videoId, order, options(), youtube, context)),
  };
}
