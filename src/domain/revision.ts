import { z } from 'zod';
import { nameSchema, withoutNulls } from './bounds.ts';
import { correctionsSchema } from './corrections.ts';
import { StageError } from './errors.ts';
import { lookSchema } from './look.ts';
import { tidyLine } from './text.ts';

const { title, description, privacy, publishAt } = correctionsSchema.shape;

/** A new thumbnail: another frame, another design, another crop. What is left out stays as in the present one. */
const thumbnailSchema = withoutNulls(
  z
    .strictObject({
      /** A kept candidate, by its file name. */
      frame: nameSchema('frame').optional(),
      atSeconds: z.number('atSeconds must be a number of seconds').min(0, 'atSeconds must not be negative').optional(),
      look: lookSchema.optional(),
    })
    .refine(
      ({ frame, atSeconds }) => frame === undefined || atSeconds === undefined,
      'give a frame or a moment, not both',
    ),
);

const fields = 'title, description, privacy, publishAt, playlist, thumbnail';

/** What a person wants to be different about a published match; anything left out stays as it is on the channel. */
export const revisionSchema = withoutNulls(
  z
    .strictObject(
      {
        title,
        description,
        privacy,
        publishAt,
        /** Title of a playlist of the channel; empty: none. */
        playlist: z
          .string('the playlist must be text')
          .overwrite(tidyLine)
          .refine((text) => text.length <= 150, 'the title of the playlist is longer than 150 characters')
          .optional(),
        thumbnail: thumbnailSchema.optional(),
      },
      {
        error: (issue) =>
          issue.code === 'unrecognized_keys'
            ? `unknown: ${issue.keys.join(', ')}; known fields are ${fields}`
            : 'a revision must be an object',
      },
    )
    .refine((revision) => revision.privacy === undefined || revision.publishAt === undefined, {
      error: 'give a visibility or a time of publishing, not both',
    }),
);

export type Revision = z.infer<typeof revisionSchema>;

export const isEmpty = (revision: Revision): boolean => Object.values(revision).every((value) => value === undefined);

/**
 * A revision from outside (a command, a web page), checked and tidied.
 * @throws StageError METADATA_INVALID, its message naming every problem
 */
export function parseRevision(value: unknown): Revision {
  const result = revisionSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = [...new Set(result.error.issues.map(({ message }) => message.replace(/\.$/, '')))];
  throw new StageError('METADATA_INVALID', `The revision was refused: ${problems.join('; ')}.`, {
    remedy: 'fix',
    action: 'Change these, then send it again.',
  });
}
