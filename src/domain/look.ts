import { z } from 'zod';

const share = z.number().min(0).max(1);
const smallestCrop = 0.02;

/** How the thumbnail of one video shall look; what is left out is the configuration's, or found out by itself. */
export const lookSchema = z.strictObject({
  template: z.string().trim().min(1).max(60).optional(),
  theme: z.string().trim().min(1).max(60).optional(),
  /** The part of the frame to show, as shares of its width and height. */
  crop: z
    .strictObject({ x: share, y: share, width: share.min(smallestCrop), height: share.min(smallestCrop) })
    .refine(({ x, y, width, height }) => x + width <= 1.001 && y + height <= 1.001, {
      error: 'the crop reaches past the edge of the frame',
    })
    .optional(),
});

export type Look = z.infer<typeof lookSchema>;
