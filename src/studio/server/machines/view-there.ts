import { z } from 'zod';
import type { NamedHost } from '../../../domain/find-host.ts';
import { matchSchema } from '../../../domain/match.ts';
import { activitySchema, candidateSchema } from '../../../stages/records.ts';
import { RequestError } from '../problem.ts';
import type { StudioParts } from '../studio-parts.ts';
import type { FilesView } from '../video-view.ts';
import { notHere, notIntroduced, notUnderstood } from './not-reached.ts';
import { answerWithin, inItsWords, readJson, wholeAnswer } from './pass-on.ts';

const viewSchema = z.object({
  recording: z
    .object({
      durationSeconds: z.number(),
      width: z.number(),
      height: z.number(),
      frameRate: z.number(),
      codec: z.string(),
      bytes: z.number(),
      recordedOn: z.string(),
      isHere: z.boolean(),
    })
    .optional(),
  readings: z.object({ match: matchSchema.optional(), others: z.array(matchSchema) }),
  candidates: z.array(candidateSchema.omit({ players: true })),
  activity: activitySchema.omit({ rejected: true }).optional(),
  notes: z.array(z.string()),
  thumbnail: z
    .object({
      ...{ template: z.string(), theme: z.string(), version: z.string() },
      ...{ frame: z.string().optional(), atSeconds: z.number().optional() },
    })
    .optional(),
});

/** What a video's page shows of its files, from the studio of their machine; otherwise why that is not known. */
export async function viewThere(parts: StudioParts, host: NamedHost, id: string): Promise<FilesView> {
  try {
    return await askForView(parts, host, id);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { message: problem, action } = error;
    return {
      readings: { others: [] },
      ...{ candidates: [], notes: [] },
      unavailable: { problem, ...(action && { action }) },
    };
  }
}

async function askForView({ otherStudios, machines }: StudioParts, host: NamedHost, id: string): Promise<FilesView> {
  if (!otherStudios) throw machines ? notHere(host.name) : notIntroduced(host.name);
  const answer = await otherStudios.ask(host, {
    method: 'GET',
    target: `/api/videos/${encodeURIComponent(id)}`,
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(answerWithin),
  });
  if (answer.statusCode !== 200) throw await inItsWords(answer, host.name);
  const { data } = viewSchema.safeParse(readJson(await wholeAnswer(answer, host.name)));
  if (!data) throw notUnderstood(host.name);
  const { recording, readings, candidates, activity, notes, thumbnail } = data;
  return {
    ...{ candidates: candidates.map(({ parts, ...one }) => ({ ...one, ...(parts && { parts }) })), notes },
    readings: { ...(readings.match && { match: readings.match }), others: readings.others },
    ...(recording && { recording }),
    ...(activity && { activity }),
    ...(thumbnail && { thumbnail: withoutGaps(thumbnail) }),
  };
}

function withoutGaps({ frame, atSeconds, ...rest }: NonNullable<z.output<typeof viewSchema>['thumbnail']>) {
  return { ...rest, ...(frame !== undefined && { frame }), ...(atSeconds !== undefined && { atSeconds }) };
}
