import { nextTimeOfDay } from '../../domain/local-time.ts';
import type { UploadJob } from './job.ts';

/**
 * When the video becomes public, ISO 8601; undefined: as soon as it is published. What a person said about this video
 * takes precedence over the club's time of day, and a moment in the past is not waited for.
 * @param planned what an earlier attempt decided
 * @param now milliseconds since 1970
 */
export function scheduleOf(
  { options, metadata }: Pick<UploadJob, 'options' | 'metadata'>,
  planned: string | undefined,
  now: number,
): string | undefined {
  const asked = options.corrections?.publishAt;
  if (asked !== undefined) {
    const moment = asked === 'now' ? now : Date.parse(asked);
    return moment > now ? new Date(moment).toISOString() : undefined;
  }
  const { publishTime } = options;
  if (!publishTime || metadata.privacy !== 'public') return undefined;
  if (planned !== undefined) return Date.parse(planned) > now ? planned : undefined;
  return new Date(nextTimeOfDay(publishTime.at, publishTime.timeZone, now)).toISOString();
}
