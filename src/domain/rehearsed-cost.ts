/** In one question: more than a day's quota has room for. */
export const mostPublishedAtOnce = 1000;

export interface PublishingCost {
  readonly videos: number;
  /** Title of the channel. */
  readonly channel: string;
  readonly units: number;
  readonly uploads: number;
  /** Absent if even a whole day's quota has no room for one video. */
  readonly days?: number;
}

/** What publishing rehearsed videos for real comes to. */
export function describeCost({ videos, channel, units, uploads, days }: PublishingCost): string {
  const those = `${count(videos, 'rehearsed video')} will be published on the channel “${channel}”.`;
  const cost = `YouTube’s quota: ${count(uploads, 'upload')} and at least ${units.toLocaleString('en')} units`;
  if (days === undefined)
    return `${those} ${cost}, which is more than a whole day’s quota for one of them: see BADMINTON_QUOTA_UNITS.`;
  return `${those} ${cost}, ${days <= 1 ? 'which today’s quota still has room for' : `spread over at least ${days} days`}.`;
}

const count = (number: number, what: string) => `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
