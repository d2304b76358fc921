import { asNote } from '../../domain/bounds.ts';
import { type CarriedState, carriedFields } from '../../domain/carried-run.ts';
import { type Corrections, mergeCorrections } from '../../domain/corrections.ts';
import { chooseHost } from '../../domain/find-host.ts';
import { showMoment } from '../../domain/local-time.ts';
import type { Look } from '../../domain/look.ts';
import type { Match } from '../../domain/match.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import type { Attention, Waiting } from '../../domain/next-step.ts';
import type { Candidate, Choice, Selection } from '../../domain/selection.ts';
import { isPast, type Stage } from '../../domain/stages.ts';
import type { PublishedVideo } from '../activity-types.ts';

/** Problems after which a person may have found, or made sure, that the recording is not on the channel. */
export const mayBeSentAgain = (code: string | undefined): boolean =>
  code === 'UPLOAD_OUTCOME_UNKNOWN' || code === 'PROCESSING_FAILED' || code === 'PUBLISH_NOT_CONFIRMED';

/**
 * Everything one run of the workflow knows. Each change is shown at once: see `show-state.ts`. Lives inside one run, never
 * in the module: workflow contexts are reused.
 */
export class VideoState {
  stage: Stage = 'PREPARING';
  since: number;
  hostId: string | undefined;
  /** Id of the machine whose recording a person has chosen among those of several. */
  chosenHost: string | undefined;
  hostName: string | undefined;
  /** Video id of the prepared content. */
  contentId: string | undefined;
  title: string | undefined;
  /** The match as prepared, from the recording's name and the corrections made by then; undefined until then. */
  match: Match | undefined;
  /** YYYY-MM-DD, according to the recording. */
  recordedOn: string | undefined;
  durationSeconds: number | undefined;
  candidates: readonly Candidate[] | undefined;
  choice: Choice | undefined;
  /** Nobody chose in time, so the policy took the best frame. */
  chosenByPolicy = false;
  look: Look = {};
  /** A worker has begun to publish, and has not stopped since. */
  private isAtChannel = false;
  /** Milliseconds since 1970: until then the choice can be undone, and is not carried out. */
  private undoUntil: number | undefined;
  corrections: Corrections = {};
  warnings: readonly string[] = [];
  attention: Attention | undefined;
  /** Set while it sleeps until a known time; the stage does not change. */
  private waiting: Waiting | undefined;
  /** The club's; times are shown in it. */
  timeZone: string | undefined;
  /** Where a person chooses. */
  studioUrl: string | undefined;
  /** The uploaded video, while it is still private. */
  sent: PublishedVideo | undefined;
  published: PublishedVideo | undefined;
  /** What the current stage is waiting for, if not simply working. */
  note: string | undefined;
  stageSeconds: Partial<Record<Stage, number>> = {};
  /** Milliseconds since 1970: when its first run began. */
  startedAt: number;

  /** The recording's name is not shown where no codec encodes it. */
  hidesNames = false;

  readonly videoPath: string;
  readonly videoId: string;
  readonly recording: string;
  private readonly showState: (state: VideoState) => void;

  /** @param show tells everybody outside what the state is now */
  constructor(videoPath: string, videoId: string, show: (state: VideoState) => void) {
    this.videoPath = videoPath;
    this.videoId = videoId;
    this.showState = show;
    this.recording = videoPath.split(/[\\/]/).at(-1) ?? videoPath;
    this.since = Date.now();
    this.startedAt = this.since;
  }

  /** Everything that the next run must know; a worker that publishes has been stopped by then. */
  carry(): CarriedState {
    const fields = carriedFields.map((field) => [field, Reflect.get(this, field) as unknown]);
    return Object.fromEntries(fields) as CarriedState;
  }

  /** Takes over what the run before knew. */
  takeOver(carried: CarriedState): void {
    Object.assign(this, carried);
  }

  /** The choice is being carried out, unless its frame could not be taken from the recording or drawn. */
  get isCarriedOut(): boolean {
    return isPast('WAITING_FOR_SELECTION', this.workingStage) && !this.isParkedWithChoice;
  }

  /** It is too late for another choice: the thumbnail is on its way to the channel, or there. */
  get choiceFixed(): boolean {
    return isPast('UPLOADING', this.workingStage) || this.isAtChannel;
  }

  /** A choice is being carried out, and another one would still be taken. */
  get changeable(): boolean {
    return this.isCarriedOut && !this.choiceFixed && !this.undoing;
  }

  /** There is a choice that is not carried out yet, because it can still be undone. */
  get undoing(): boolean {
    return this.choice !== undefined && !this.choiceFixed && this.undoMillisecondsLeft > 0;
  }

  get undoMillisecondsLeft(): number {
    return this.undoUntil === undefined ? 0 : Math.max(0, this.undoUntil - Date.now());
  }

  /** A person chose in time, or else the policy did. */
  get isChosen(): boolean {
    return this.choice !== undefined || this.chosenByPolicy;
  }

  /** Parked while carrying out the choice, which can then be changed or undone. */
  get isParkedWithChoice(): boolean {
    const parkedAt = this.attention?.stage;
    return parkedAt === 'SELECTING' || parkedAt === 'ENHANCING';
  }

  /** @param text id or name of a machine that has the recording; undefined when none is preferred */
  chooseHost(text: string | undefined): void {
    const chosen = text === undefined ? undefined : chooseHost(text, this.attention?.hosts);
    this.chosenHost = typeof chosen === 'object' ? chosen.id : undefined;
  }

  choose({ choice, look, undoSeconds }: Selection): void {
    this.choice = choice;
    this.chosenByPolicy = false;
    this.look = look ?? {};
    this.undoUntil = undoSeconds > 0 ? Date.now() + undoSeconds * 1000 : undefined;
    this.show();
  }

  undoChoice(): void {
    this.choice = undefined;
    this.chosenByPolicy = false;
    this.look = {};
    this.undoUntil = undefined;
    this.show();
  }

  /** Publishing is in progress or done. False while it is parked or asleep: a correction may be just what it needs. */
  get publishing(): boolean {
    return isPast('ENHANCING', this.workingStage) && this.attention?.stage !== 'UPLOADING' && !this.waiting;
  }

  /** The stage, or the one at which the video is parked. */
  get workingStage(): Stage {
    return this.attention?.stage ?? this.stage;
  }

  beginPublishing(): void {
    this.isAtChannel = true;
    this.show();
  }

  /** Whoever looks next is told: on its own this is no news. */
  endPublishing(): void {
    this.isAtChannel = false;
  }

  enter(stage: Stage): void {
    const now = Date.now();
    this.stageSeconds[this.stage] = (this.stageSeconds[this.stage] ?? 0) + (now - this.since) / 1000;
    this.stage = stage;
    this.since = now;
    this.note = undefined;
    if (stage !== 'NEEDS_ATTENTION') this.attention = undefined;
    this.show();
  }

  /** What it is waiting for, if it sleeps. */
  get waitingFor(): Waiting | undefined {
    return this.waiting;
  }

  sleep(waiting: Waiting | undefined): void {
    this.waiting = waiting;
    this.note = undefined;
    this.show();
  }

  /**
   * Notes the time by which its host had not begun, for an activity that an earlier version has scheduled with a limit.
   */
  waitForHost(): void {
    const host = this.hostName === undefined ? '' : ` on ${this.hostName}`;
    const moment = showMoment(Date.now(), this.timeZone);
    this.note = `No worker${host} had picked this up by ${moment}: it was busy, or not running (start one with npx badminton worker).`;
    this.show();
  }

  tell(note: string | undefined): void {
    this.note = note;
    this.show();
  }

  isSent(sent: PublishedVideo): void {
    this.sent = sent;
    this.show();
  }

  correct(corrections: Corrections): void {
    this.corrections = mergeCorrections(this.corrections, corrections);
    this.retitle();
    this.show();
  }

  /** Updates the title from the match and its corrections; does nothing before the recording is prepared. */
  retitle(): void {
    const { match, recordedOn: date, videoId, corrections } = this;
    if (!match || !date) return;
    this.title = buildMetadata({ match, date, videoId, club: { hashtags: [] }, corrections, privacy: 'private' }).title;
  }

  warn(text: string): void {
    const message = asNote(text);
    if (this.warnings.includes(message)) return;
    this.warnings = [...this.warnings, message].slice(-10);
    this.show();
  }

  show(): void {
    this.showState(this);
  }

  /** The match as it is published; undefined before the recording is prepared. */
  get correctedMatch(): Match | undefined {
    const { matchType, teams, tournament } = { ...this.match, ...this.corrections };
    return this.match && matchType && teams && tournament ? { matchType, teams, tournament } : undefined;
  }

  /** YYYY-MM-DD, the date that is published. */
  get day(): string | undefined {
    return this.corrections.date ?? this.recordedOn;
  }

  get privateUrl(): string | undefined {
    return this.published ? undefined : this.sent?.watchUrl;
  }

  /** ISO 8601; undefined if nothing can be undone. */
  get undoUntilIso(): string | undefined {
    return this.undoing && this.undoUntil !== undefined ? new Date(this.undoUntil).toISOString() : undefined;
  }
}
