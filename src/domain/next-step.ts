import { describeEnding, type Ending } from './ending.ts';
import type { NamedHost } from './find-host.ts';
import { showMoment } from './local-time.ts';
import type { Stage } from './stages.ts';

/** Why a video is parked and what a person should do about it. */
export interface Attention {
  /** The stage that could not continue. */
  readonly stage: Stage;
  /** An error code; see errors.ts. */
  readonly code: string;
  readonly reason: string;
  readonly action: string;
  /** ISO 8601: since when the same cause keeps videos from going on, this one and others; it is told once. */
  readonly failingSince?: string | undefined;
  /** Each of these machines has a recording at the video's path: a person chooses whose is meant. */
  readonly hosts?: readonly NamedHost[] | undefined;
}

/** Until when a video sleeps, and why: it continues automatically. */
export interface Waiting {
  /** An error code; see errors.ts. */
  readonly code: string;
  readonly reason: string;
  readonly action: string;
  /** ISO 8601. */
  readonly until: string;
}

/** @param timeZone in which the moment is shown; the machine's own if absent */
export function waitingStep({ reason, action, until }: Waiting, videoId: string, timeZone?: string): string {
  return `Waits until ${showMoment(until, timeZone)}: ${reason} ${action} To try now: npx badminton retry ${videoId}`;
}

export const endedStep = (ending: Ending) =>
  `Nothing. ${describeEnding(ending)} Start the recording again to begin afresh.`;

/** One sentence: what happens next to a video, and whose turn it is. */
export function nextStep(stage: Stage, videoId: string, attention?: Attention): string {
  switch (stage) {
    case 'PREPARING':
      return 'The recording is being checked; its frames are ranked next.';
    case 'RANKING':
      return 'The best frames are being found; a person chooses one next.';
    case 'WAITING_FOR_SELECTION':
      return `Waiting for a person to choose the frame: npx badminton select ${videoId}`;
    case 'SELECTING':
      return 'The chosen frame is being taken from the recording; the thumbnail is drawn next.';
    case 'ENHANCING':
      return 'The thumbnail is being drawn; the recording is uploaded next.';
    case 'UPLOADING':
      return 'The recording is being published; an interrupted upload resumes where it stopped.';
    case 'CLEANING_UP':
      return 'It is published; the recording is being moved to the completed folder.';
    case 'COMPLETED':
      return 'It is published; nothing is left to do.';
    case 'CANCELLED':
      return 'Nothing. It was cancelled; start the recording again to begin afresh.';
    case 'NEEDS_ATTENTION':
      return `${attention?.action ?? 'See the reason above.'} To try again: npx badminton retry ${videoId}. To give up: npx badminton cancel ${videoId}`;
  }
}
