import { z } from 'zod';
import { maxNameBytes } from './bounds.ts';
import { cropSchema } from './look.ts';
import type { PublishTarget } from './publish-target.ts';
import type { Revision } from './revision.ts';

const name = z.string().max(maxNameBytes);

/** A thumbnail that was drawn for a video. */
export const drawnPictureSchema = z.object({
  /** Path inside the workspace. */
  file: z.string().max(4096),
  drawnFrom: name,
  frame: name,
  template: name,
  theme: name,
  /** That a person asked for; absent in pictures of earlier versions. */
  crop: cropSchema.optional(),
});
export type DrawnPicture = z.infer<typeof drawnPictureSchema>;

export const drawnRevisionSchema = z.object({ picture: drawnPictureSchema, warnings: z.array(z.string().max(6000)) });
export type DrawnRevision = z.infer<typeof drawnRevisionSchema>;

/** What a person asks of a published video, as the workflow passes it on. */
export interface RevisionOrder {
  /** The same however often the order is carried out: what it has done already is recorded under it. */
  readonly id: string;
  readonly revision: Revision;
  /** Undo the last revision instead. */
  readonly putBack?: boolean | undefined;
  /** A person has seen the conflicts. */
  readonly force?: boolean | undefined;
  /** Where the video is; by default, where videos go at the moment. */
  readonly target?: PublishTarget | undefined;
  /** The new thumbnail, drawn. */
  readonly picture?: DrawnPicture | undefined;
}

export interface DrawOrder {
  readonly id: string;
  readonly thumbnail: NonNullable<Revision['thumbnail']>;
  readonly target?: PublishTarget | undefined;
}
