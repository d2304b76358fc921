import type { PublicationRecord } from '../records.ts';
import type { UploadJob } from './job.ts';
import { tryExtra } from './try-extra.ts';

/** Sets the thumbnail unless this very one is already set: it may have been redrawn after a correction. */
export async function setThumbnail(
  job: UploadJob,
  publication: PublicationRecord,
  { file, drawnFrom }: { file: string; drawnFrom: string },
  advance: (step: Partial<PublicationRecord>) => void,
): Promise<void> {
  if (publication.thumbnailSet === drawnFrom) return;
  const step = {
    of: drawnFrom,
    what: 'setting the thumbnail',
    youtubeId: publication.youtubeId,
    before: publication.thumbnailFailure,
  };
  const { signal } = job.context;
  const failure = await tryExtra(job, step, () => job.youtube.setThumbnail(publication.youtubeId, file, { signal }));
  if (failure)
    return advance({ thumbnailFailure: { ...failure, warning: `${failure.warning} The picture is ${file}` } });
  advance({ thumbnailSet: drawnFrom, thumbnailFailure: undefined });
}
