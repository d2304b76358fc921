import { z } from 'zod';
import { withoutNulls } from './bounds.ts';

const share = z.number().min(0).max(1);
const smallestCrop = 0.02;

export const cropSchema = z
  .strictObject({ x: share, y: share, width: share.min(smallestCrop), height: share.min(smallestCrop) })
  .refine(({ x, y, width, height }) => x + width <= 1.001 && y + height <= 1.001, {
    error: 'the crop reaches past the edge of the frame',
  });

/** Name of a template or theme: a file name without its extension, never a path. */
export const designNameSchema = (what: string) =>
  z
    .string(`${what} must be text`)
    .trim()
    .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]{0,59}$/u, `${what} must be the name of a design, such as sidebar`);

/**
 * How the thumbnail of one video should look; anything left out comes from the configuration or is determined
 * automatically.
 */
export const lookSchema = withoutNulls(
  // Strict, unlike other messages: a wish that is not understood must not be silently dropped.
  z.strictObject({
    template: designNameSchema('the template').optional(),
    theme: designNameSchema('the theme').optional(),
    /** The part of the frame to show, as shares of its width and height. */
    crop: cropSchema.optional(),
  }),
);

export type Look = z.infer<typeof lookSchema>;
