import { StageError } from '../../domain/errors.ts';
import type { EditableVideo } from '../../youtube/editable-video.ts';
import type { RevisionJob } from './job.ts';

/**
 * What the channel shows now.
 * @throws StageError PUBLISH_NOT_CONFIRMED if the video is gone, UPLOAD_REJECTED if it belongs to another channel
 */
export async function readChannel(job: RevisionJob): Promise<EditableVideo> {
  const { youtube, publication, context } = job;
  const { signal } = context;
  const { youtubeId } = publication;
  try {
    const video = await youtube.getEditable(youtubeId, { signal });
    if (video) return video;
  } catch (error) {
    // The owner's details of somebody else's video: nothing else about this call is forbidden.
    if (!(error instanceof StageError) || error.code !== 'UPLOAD_REJECTED') throw error;
    throw ofOtherChannel(job, (await youtube.getChannel({ signal })).title);
  }
  const { id, title } = await youtube.getChannel({ signal });
  if (publication.channelId === undefined) throw notThere(job, title);
  throw publication.channelId === id ? deleted(job) : ofOtherChannel(job, title);
}

function deleted({ publication }: RevisionJob): StageError {
  return new StageError('PUBLISH_NOT_CONFIRMED', `${publication.watchUrl} was deleted on YouTube.`, {
    remedy: 'fix',
    action: 'Nothing can be changed about it any more.',
  });
}

function ofOtherChannel({ publication }: RevisionJob, signedIn: string): StageError {
  const message = `${publication.watchUrl} belongs to another channel than "${signedIn}", which is signed in.`;
  return new StageError('UPLOAD_REJECTED', message, {
    remedy: 'fix',
    action: 'Sign in with the account of its channel: npx badminton auth. Then revise it again.',
  });
}

function notThere({ publication }: RevisionJob, signedIn: string): StageError {
  const message = `The channel "${signedIn}", which is signed in, does not show ${publication.watchUrl}.`;
  return new StageError('PUBLISH_NOT_CONFIRMED', message, {
    remedy: 'fix',
    action:
      'See in YouTube Studio whether it was deleted or belongs to another channel; for that one, sign in: npx badminton auth',
  });
}
