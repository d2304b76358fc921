import { z } from 'zod';
import { StageError } from '../domain/errors.ts';
import { type Match, matchTypes } from '../domain/match.ts';
import { type Size, sizeSchema, usualSize } from './output-size.ts';
import type { Box } from './templates/template.ts';

const share = z.number().min(0).max(1);
const name = z.string().trim().min(1);
const team = z.array(name).min(1).max(2);

const playerBox = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const box = z.object({ x: share, y: share, width: share.min(0.02), height: share.min(0.02) });

/** YouTube's documented limit: "Maximum file size: 2MB" (Data API, Thumbnails: set), 50 MB in YouTube Studio. */
const megabyte = 1_000_000;

const requestSchema = z.strictObject({
  photo: z.string().min(1),
  match: z.object({
    matchType: z.enum(matchTypes),
    teams: z.tuple([team, team]),
    tournament: z.string().trim(),
  }),
  date: z.iso.date().optional(),
  template: z.string(),
  theme: z.string().optional(),
  designs: z.string().min(1).optional(),
  club: z.object({ name: z.string().trim(), logo: z.string().min(1).optional() }),
  size: z.union([z.literal('auto'), sizeSchema]).default(usualSize),
  mostBytes: z
    .int()
    .min(megabyte)
    .max(50 * megabyte)
    .default(2 * megabyte),
  crop: box
    .refine((crop) => crop.x + crop.width <= 1.001 && crop.y + crop.height <= 1.001, {
      error: 'the crop reaches past the edge of the photo',
    })
    .optional(),
  players: z.array(playerBox).optional(),
  grade: z.enum(['auto', 'classic']).default('auto'),
});

/** What a caller passes in. */
export interface ThumbnailRequest {
  /** Path of the frame, upright: JPEG, PNG, WebP or anything else `sharp` reads. */
  readonly photo: string;
  readonly match: Match;
  /** Day of recording, `YYYY-MM-DD`; omitted from the design when absent. */
  readonly date?: string | undefined;
  /** The name of a built-in template, or of one in `designs`. */
  readonly template: string;
  /** The name of a theme; chosen from the tournament when absent. */
  readonly theme?: string | undefined;
  /** Folder with the club's own templates and themes. */
  readonly designs?: string | undefined;
  /** Without a readable `logo` (a path) the name is drawn instead. */
  readonly club: { readonly name: string; readonly logo?: string | undefined };
  /** Pixels of the finished picture; default 1280×720. `auto`: as large as the photo has pixels for. */
  readonly size?: Size | 'auto' | undefined;
  /** Default 2,000,000. */
  readonly mostBytes?: number | undefined;
  /** The part of the photo a person wants to see, as shares of its width and height; default: where the action is. */
  readonly crop?: Box | undefined;
  /** The players in the photo, as shares of its width and height; the crop follows them and cuts none off. */
  readonly players?: readonly Box[] | undefined;
  /** `auto` (default) gently brightens a dark hall; `classic` is the club's old, strong look. */
  readonly grade?: 'auto' | 'classic' | undefined;
}

export type CheckedRequest = z.output<typeof requestSchema>;

/** What was drawn, without the bytes. */
export interface ThumbnailSummary {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly template: string;
  readonly theme: string;
  /** The part of the photo that it shows, as shares of its width and height; wider than a photo that was widened. */
  readonly crop: Box;
  /** Sentences for a person, e.g. characters that no font has. */
  readonly warnings: readonly string[];
}

export interface Thumbnail extends ThumbnailSummary {
  readonly jpeg: Buffer;
}

/** @throws StageError METADATA_INVALID naming the field that cannot be drawn. */
export function checkRequest(request: ThumbnailRequest): CheckedRequest {
  const checked = requestSchema.safeParse(request);
  if (checked.success) return checked.data;
  throw new StageError('METADATA_INVALID', `The thumbnail cannot be drawn: ${z.prettifyError(checked.error)}`, {
    remedy: 'fix',
    action: 'Correct the named field of the match or of the thumbnail settings, then retry.',
    cause: checked.error,
  });
}
