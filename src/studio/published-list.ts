import { hasWords } from './search-words.ts';

/** A video on the channel. */
export interface PublishedVideo {
  /** Its page in the studio; absent once Temporal has forgotten the video. */
  readonly videoId?: string;
  /** By which its thumbnail is found on this host; absent where another host published it. */
  readonly contentId?: string;
  readonly title: string;
  /** `YYYY-MM-DD`: of the match, where that is known, else of the upload. */
  readonly day: string;
  /** ISO 8601: when the recording was on the channel. */
  readonly publishedAt: string;
  /** ISO 8601: when it becomes public. */
  readonly publishAt?: string;
  /** Absent where it was not noted: by earlier versions, and on other hosts. */
  readonly channel?: string;
  readonly isRehearsal: boolean;
  readonly watchUrl: string;
  readonly recording: string;
  /** The host that published it, if that is another one. */
  readonly hostName?: string;
}

/** Which published videos a person wants to see. */
export interface PublishedWish {
  readonly search?: string | undefined;
  /** `YYYY-MM` */
  readonly month?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly day?: string | undefined;
}

/** Those that fit, in their order. */
export function wanted<T extends PublishedVideo>(videos: readonly T[], { search, month, day }: PublishedWish): T[] {
  return videos.filter(
    (video) =>
      (day === undefined || video.day === day) &&
      (month === undefined || video.day.startsWith(`${month}-`)) &&
      hasWords(`${video.title} ${video.recording} ${video.day} ${video.channel ?? ''}`, search ?? ''),
  );
}
