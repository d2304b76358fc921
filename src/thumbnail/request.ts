import { z } from 'zod';
import { StageError } from '../domain/errors.ts';
import { type Match, matchTypes } from '../domain/match.ts';
import type { Box } from './templates/template.ts';

const share = z.number().min(0).max(1);
const name = z.string().trim().min(1);
const team = z.array(name).min(1).max(2);

/** Widest and narrowest picture the designs are drawn for, as width ÷ height. */
const aspect = { least: 1.3, most: 2.4 };

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
  club: z.object({ name: z.string().trim(), logo: z.string().min(1).optional() }),
  size: z
    .object({ width: z.int().min(640).max(7680), height: z.int().min(360).max(4320) })
    .refine(({ width, height }) => width / height >= aspect.least && width / height <= aspect.most, {
      error: `width ÷ height must lie between ${aspect.least} and ${aspect.most}`,
    })
    .default({ width: 1280, height: 720 }),
  crop: z
    .object({ x: share, y: share, width: share.min(0.02), height: share.min(0.02) })
    .refine((crop) => crop.x + crop.width <= 1.001 && crop.y + crop.height <= 1.001, {
      error: 'the crop reaches past the edge of the photo',
    })
    .optional(),
  grade: z.enum(['auto', 'classic']).default('auto'),
});

/** What a caller hands in. */
export interface ThumbnailRequest {
  /** Path of the frame, upright: JPEG, PNG, WebP or anything else `sharp` reads. */
  readonly photo: string;
  readonly match: Match;
  /** Day of recording, `YYYY-MM-DD`; left out of the design when absent. */
  readonly date?: string | undefined;
  /** One of `templateNames`. */
  readonly template: string;
  /** One of `themeNames`; chosen from the tournament when absent. */
  readonly theme?: string | undefined;
  /** Without a readable `logo` (a path) the name is drawn in its place. */
  readonly club: { readonly name: string; readonly logo?: string | undefined };
  /** Pixels of the finished picture; default 1280×720. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** The part of the photo a person wants to see, in shares of its width and height; default: where the action is. */
  readonly crop?: Box | undefined;
  /** `auto` (default) lifts a dark hall gently; `classic` is the club's old strong look. */
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
