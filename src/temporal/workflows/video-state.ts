import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import type { Corrections } from '../../domain/corrections.ts';
import type { Match } from '../../domain/match.ts';
import { buildMetadata } from '../../domain/metadata.ts';
import { type Attention, nextStep } from '../../domain/next-step.ts';
import type { Candidate, Choice } from '../../domain/selection.ts';
import { isPast, type Stage } from '../../domain/stages.ts';
import type { PublishedVideo } from '../activity-types.ts';
import type { VideoMemo, VideoStatus } from '../names.ts';

const stageKey = defineSearchAttributeKey('BadmintonStage', SearchAttributeType.KEYWORD);
const recordingKey = defineSearchAttributeKey('BadmintonRecording', SearchAttributeType.KEYWORD);
const hostKey = defineSearchAttributeKey('BadmintonHost', SearchAttributeType.KEYWORD);
const sinceKey = defineSearchAttributeKey('BadmintonStageSince', SearchAttributeType.DATETIME);

/**
 * Everything one run of the workflow knows, and the only place that shows it: search attributes to filter by, a memo
 * that is readable with no worker alive, and the details of the Temporal Web UI. Lives inside one run, never in the
 * module: workflow contexts are reused.
 */
export class VideoState {
  stage: Stage = 'PREPARING';
  since: number;
  hostName: string | undefined;
  title: string | undefined;
  /** What the recording's name or a person says about it, before corrections; known once it is prepared. */
  match: Match | undefined;
  recordedOn: string | undefined;
  durationSeconds: number | undefined;
  candidates: readonly Candidate[] | undefined;
  choice: Choice | undefined;
  corrections: Corrections = {};
  warnings: readonly string[] = [];
  attention: Attention | undefined;
  published: PublishedVideo | undefined;
  /** What the current stage waits for, when it is not simply working. */
  note: string | undefined;
  readonly stageSeconds: Partial<Record<Stage, number>> = {};

  readonly videoPath: string;
  readonly videoId: string;
  readonly recording: string;

  constructor(videoPath: string, videoId: string) {
    this.videoPath = videoPath;
    this.videoId = videoId;
    this.recording = videoPath.split(/[\\/]/).at(-1) ?? videoPath;
    this.since = Date.now();
  }

  /** The choice is being carried out, unless the frame could not be taken from the recording. */
  get choiceFixed(): boolean {
    return isPast('WAITING_FOR_SELECTION', this.workingStage) && this.attention?.stage !== 'SELECTING';
  }

  /** Publishing is under way or done; while it is parked, a correction may be just what it needs. */
  get publishing(): boolean {
    return isPast('ENHANCING', this.workingStage) && this.attention?.stage !== 'UPLOADING';
  }

  private get workingStage(): Stage {
    return this.attention?.stage ?? this.stage;
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

  correct(corrections: Corrections): void {
    this.corrections = { ...this.corrections, ...corrections };
    if (this.match && this.recordedOn) {
      const { match, recordedOn: date, videoId } = this;
      const club = { hashtags: [] };
      this.title = buildMetadata({
        match,
        date,
        videoId,
        club,
        corrections: this.corrections,
        privacy: 'private',
      }).title;
    }
    this.show();
  }

  warn(message: string): void {
    if (this.warnings.includes(message)) return;
    this.warnings = [...this.warnings, message].slice(-10);
    this.show();
  }

  show(): void {
    const memo: VideoMemo = {
      videoPath: this.videoPath,
      recording: this.recording,
      hostName: this.hostName,
      title: this.title,
      candidates: this.candidates?.length,
      warnings: this.warnings,
      attention: this.attention,
      watchUrl: this.published?.watchUrl,
      rehearsal: this.published?.rehearsal,
    };
    upsertMemo({ video: JSON.parse(JSON.stringify(memo)) });
    upsertSearchAttributes([
      { key: stageKey, value: this.stage },
      { key: recordingKey, value: this.recording },
      { key: hostKey, value: this.hostName ?? null },
      { key: sinceKey, value: new Date(this.since) },
    ]);
    setCurrentDetails(this.details());
  }

  status(): VideoStatus {
    return {
      stage: this.stage,
      videoPath: this.videoPath,
      videoId: this.videoId,
      recording: this.recording,
      since: new Date(this.since).toISOString(),
      corrections: this.corrections,
      warnings: this.warnings,
      next: this.next,
      ...(this.title !== undefined && { title: this.title }),
      ...(this.hostName !== undefined && { hostName: this.hostName }),
      ...(this.durationSeconds !== undefined && { durationSeconds: this.durationSeconds }),
      ...(this.match && { match: this.match }),
      ...(this.candidates && { candidates: this.candidates }),
      ...(this.choice && { choice: this.choice }),
      ...(this.attention && { attention: this.attention }),
      ...(this.published && { watchUrl: this.published.watchUrl, rehearsal: this.published.rehearsal }),
    };
  }

  /** What happens next: a choice that was just taken is carried out at once. */
  private get next(): string {
    const taken = this.stage === 'WAITING_FOR_SELECTION' && this.choice !== undefined;
    return this.note ?? nextStep(taken ? 'SELECTING' : this.stage, this.videoId, this.attention);
  }

  /** Markdown for the Temporal Web UI. */
  private details(): string {
    const lines = [
      `**${this.stage}**${this.published?.rehearsal ? ' (REHEARSAL)' : ''}: ${this.title ?? this.recording}`,
      this.attention && `Reason: ${this.attention.reason}`,
      `Next: ${this.next}`,
      this.published && `Watch: ${this.published.watchUrl}`,
      ...this.warnings.map((warning) => `Note: ${warning}`),
    ];
    return lines.filter(Boolean).join('\n\n');
  }
}
