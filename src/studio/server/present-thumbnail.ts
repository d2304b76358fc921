import { existsSync, statSync } from 'node:fs';
import { targetOf } from '../../domain/publish-target.ts';
import { timeOfFrame } from '../../stages/frame-name.ts';
import { publicationRecord, selectionRecord, thumbnailFile, thumbnailRecord } from '../../stages/records.ts';
import type { VideoSummary } from '../../temporal/client/videos.ts';
import type { ReadOnlyWorkspace } from '../../workspace/workspace.ts';
import type { StudioParts } from './studio-parts.ts';

export interface PresentThumbnail {
  /** Path. */
  readonly file: string;
  readonly template: string;
  readonly theme: string;
  /** The frame it was drawn from: its file name, and seconds from the start of the recording. */
  readonly frame?: string;
  readonly atSeconds?: number;
  /** Changes when it is drawn again. */
  readonly version: string;
}

/** The thumbnail of a video: the one that was published last, or is to be published; undefined if there is none yet. */
export function presentThumbnail(
  workspace: ReadOnlyWorkspace,
  { target }: Pick<StudioParts, 'target'>,
  { rehearsal }: Pick<VideoSummary, 'rehearsal'>,
): PresentThumbnail | undefined {
  const drawn = workspace.read(thumbnailRecord);
  // It stays where it is published, wherever videos go now.
  const where = rehearsal === undefined ? target() : targetOf({ rehearsal });
  const revised = workspace.read(publicationRecord(where))?.picture;
  const picture = revised ?? (drawn && { ...drawn, file: thumbnailFile });
  const file = picture && workspace.path(picture.file);
  if (!file || !existsSync(file)) return undefined;
  const selection = workspace.read(selectionRecord);
  const frame = revised?.frame ?? selection?.frame;
  const atSeconds = frame === selection?.frame ? selection?.time : frame && timeOfFrame(frame);
  return {
    ...{ file, template: picture.template, theme: picture.theme },
    ...(frame !== undefined && { frame }),
    ...(typeof atSeconds === 'number' && { atSeconds }),
    version: statSync(file).mtimeMs.toString(36),
  };
}
