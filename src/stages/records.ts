import { z } from 'zod';
import { cropSchema } from '../domain/look.ts';
import { matchSchema } from '../domain/match.ts';
import { privacies } from '../domain/privacy.ts';
import { publishTargets } from '../domain/publish-target.ts';
import { drawnPictureSchema } from '../domain/revision-order.ts';
import { revisedFields } from '../domain/revision-plan.ts';
import type { RecordKind, Upgrade } from '../workspace/record.ts';

/** The records of a workspace, one file per stage. Times are seconds from the start of the recording. */
const recordingInfo = z.object({
  durationSeconds: z.number().positive(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  rotation: z.number(),
  codec: z.string(),
  frameRate: z.number(),
  hasAudio: z.boolean(),
  sizeBytes: z.number().int().positive(),
});

const prepared = z.object({
  fingerprint: z.string(),
  recording: z.string(),
  videoPath: z.string(),
  info: recordingInfo,
  /** YYYY-MM-DD */
  recordedOn: z.string(),
  /** What the file's name says; absent when it is outside the grammar. */
  match: matchSchema.optional(),
  alternatives: z.array(matchSchema),
});

export const candidateSchema = z.object({
  rank: z.number().int().positive(),
  frame: z.string(),
  time: z.number().nonnegative(),
  score: z.number(),
  why: z.string(),
  /**
   * Boxes of the players, largest first, as fractions of the picture; absent when the pose model did not look at it.
   */
  players: z.array(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })).optional(),
  /** What the score consists of; `ScoreParts` of src/stages/rank/describe-moment.ts says what each means. */
  parts: z
    .object({
      activity: z.number().optional(),
      players: z.number().int().optional(),
      posture: z.number().optional(),
      sharpness: z.number(),
      occlusion: z.number(),
      rally: z.number().int().optional(),
    })
    .optional(),
});

export const activitySchema = z.object({
  /** Activity over time, 0 to 1 of the recording's liveliest stretch; null behind a covered view. */
  curve: z.array(z.object({ time: z.number(), value: z.number().nullable() })),
  rallies: z.array(z.object({ start: z.number(), end: z.number(), intensity: z.number() })),
  /** Why there are no rallies, for people. */
  noRallies: z.string().optional(),
  rejected: z.array(
    z.object({
      time: z.number(),
      score: z.number(),
      reason: z.enum(['in front', 'title', 'blurred', 'near a candidate', 'like a candidate']),
      why: z.string(),
    }),
  ),
});

const ranking = z.object({
  topN: z.number().int(),
  /** Ranked by movement alone, as the settings said at the time. */
  withoutPose: z.boolean().default(false),
  candidates: z.array(candidateSchema),
  /** What a person should know: where the ranking is poor, and why. */
  notes: z.array(z.string()).default([]),
});
const selection = z.object({ frame: z.string(), time: z.number().nonnegative() });
const thumbnail = z.object({
  template: z.string(),
  theme: z.string(),
  width: z.number(),
  height: z.number(),
  /** Of the candidates; absent in records of earlier versions, in which it is the selected one. */
  frame: z.string().optional(),
  /** That a person asked for; absent in records of earlier versions. */
  crop: cropSchema.optional(),
  /** Digest of everything the picture was drawn from: the same input is not drawn again. */
  drawnFrom: z.string(),
  warnings: z.array(z.string()),
});
const texts = z.object({
  title: z.string(),
  description: z.string(),
  privacy: z.enum(privacies),
  publishAt: z.string().optional(),
});
const failedExtra = z.object({ of: z.string(), tries: z.number().int(), warning: z.string() });
const publication = z.object({
  youtubeId: z.string(),
  /** Name of the channel that has it; absent in records of earlier versions. */
  channel: z.string().optional(),
  watchUrl: z.string(),
  title: z.string(),
  privacy: z.string(),
  /** SHA-256 of every byte of the recording. */
  sha256: z.string(),
  bytes: z.number(),
  /** What the thumbnail on the channel was drawn from; absent until there is one. */
  thumbnailSet: z.string().optional(),
  /** Why the thumbnail could not be set. */
  thumbnailFailure: failedExtra.optional(),
  /** The playlist it was added to. */
  playlistId: z.string().optional(),
  playlistFailure: failedExtra.optional(),
  /** The channel showed it as requested. */
  confirmed: z.boolean(),
  /** As it was last published; absent in records of earlier versions, like the fields below. */
  description: z.string().optional(),
  match: matchSchema.optional(),
  /** YYYY-MM-DD, as published. */
  date: z.string().optional(),
  /** The channel that has it. */
  channelId: z.string().optional(),
  /** The picture that a revision has set; absent: that of the stage "enhance". */
  picture: drawnPictureSchema.optional(),
  /** ISO 8601: when it becomes public. */
  publishAt: z.string().optional(),
  /** YouTube has said how many bytes it received, and that was all of them. */
  sizeIsKnown: z.boolean().optional(),
  /** ISO 8601: when it was on the channel, private. */
  publishedAt: z.string(),
  /** ISO 8601: when a person last asked for a retry: the wait for YouTube starts over. */
  askedAgainAt: z.string().optional(),
});
const revision = z.object({
  /** Of the workflow's run. */
  id: z.string(),
  /** ISO 8601. */
  begunAt: z.string(),
  /** ISO 8601: the channel has shown it as asked. */
  doneAt: z.string().optional(),
  /** What the channel showed before, and is to show. */
  before: texts,
  wanted: texts,
  changed: z.array(z.enum(revisedFields)),
  thumbnail: z
    .object({ before: drawnPictureSchema.optional(), after: drawnPictureSchema, isSet: z.boolean().default(false) })
    .optional(),
  /** Ids of playlists; absent: in none. */
  playlist: z.object({ before: z.string().optional(), after: z.string().optional() }).optional(),
  warnings: z.array(z.string()).default([]),
});
const revisions = z.object({ revisions: z.array(revision) });
const destination = z.object({ run: z.string(), target: z.enum(publishTargets) });
const cleanup = z.object({ movedTo: z.string().optional() });

/** @param upgrades see `RecordKind`: a change that readers of the earlier form do not understand adds one */
const kind = <T extends object>(
  file: string,
  schema: z.ZodType<T>,
  upgrades: readonly Upgrade[] = [],
): RecordKind<T> => ({
  file,
  schema,
  upgrades,
});

export const preparedRecord = kind('prepared.json', prepared);
export const rankingRecord = kind('ranking.json', ranking);
export const activityRecord = kind('activity.json', activitySchema);
export const selectionRecord = kind('selection.json', selection);
export const thumbnailRecord = kind('thumbnail.json', thumbnail);
export const cleanupRecord = kind('cleanup.json', cleanup);
/** Where a run of the video publishes it. */
export const destinationRecord = kind('destination.json', destination);
export const publicationRecord = (target: string) => kind(`publication-${target}.json`, publication);

export const revisionsRecord = (target: string) => kind(`revisions-${target}.json`, revisions);

export type PreparedRecord = z.infer<typeof prepared>;
export type ActivityRecord = z.infer<typeof activitySchema>;
export type PublicationRecord = z.infer<typeof publication>;
export type RevisionRecord = z.infer<typeof revision>;

export const candidatesFolder = 'candidates';
export const thumbnailFile = 'thumbnail.jpg';
/** Pictures that revisions have drawn. */
export const revisionsFolder = 'revisions';
