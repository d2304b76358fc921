import type { Trouble } from '../errors.ts';
import { isActive, type VideoSummary } from '../video-summary.ts';
import type { VideoProgress, VideoSubscriber } from './subscriber.ts';

export type Videos = ReadonlyMap<string, VideoSummary>;

/** What one subscriber has been told, so that it hears only of changes. */
export class Seat {
  private readonly told = new Map<string, { readonly video: VideoSummary; readonly text: string }>();
  private readonly toldSteps = new Map<string, string>();
  private isTold = false;
  private toldTrouble: Trouble | undefined;
  private looksAt: ReadonlySet<string> = new Set();
  private readonly subscriber: VideoSubscriber;
  private readonly failed: (error: unknown) => void;

  constructor(subscriber: VideoSubscriber, failed: (error: unknown) => void) {
    this.subscriber = subscriber;
    this.failed = failed;
  }

  get wantsAll(): boolean {
    return this.subscriber.scope === 'all';
  }

  /** The videos that were running when it last heard of them. */
  get running(): readonly VideoSummary[] {
    return [...this.told.values()].map(({ video }) => video).filter(isActive);
  }

  get screen(): ReadonlySet<string> {
    return this.looksAt;
  }

  look(videoIds: readonly string[]): void {
    this.looksAt = new Set(videoIds);
    // A video that comes back to the screen is reported again.
    for (const id of this.toldSteps.keys()) if (!this.looksAt.has(id)) this.toldSteps.delete(id);
  }

  tellVideos(videos: Videos): void {
    const { told } = this;
    const own = [...videos.values()].filter((video) => this.wantsAll || isActive(video) || told.has(video.videoId));
    const changed = own.filter((video) => told.get(video.videoId)?.text !== JSON.stringify(video));
    const gone = [...told.values()].map(({ video }) => video).filter(({ videoId }) => !videos.has(videoId));
    for (const video of changed) told.set(video.videoId, { video, text: JSON.stringify(video) });
    for (const { videoId } of gone) told.delete(videoId);
    if (!this.wantsAll) for (const video of changed) if (!isActive(video)) told.delete(video.videoId);
    const isNews = !this.isTold || changed.length + gone.length > 0;
    this.isTold = true;
    if (isNews) this.attempt(() => this.subscriber.changed({ changed, gone }));
  }

  tellSteps(all: readonly VideoProgress[]): void {
    const { toldSteps, looksAt } = this;
    const changed = all.filter(
      ({ videoId, step }) => looksAt.has(videoId) && toldSteps.get(videoId) !== JSON.stringify(step),
    );
    for (const { videoId, step } of changed) toldSteps.set(videoId, JSON.stringify(step));
    if (changed.length > 0) this.attempt(() => this.subscriber.progressed?.(changed));
  }

  tellTrouble(problem: Trouble | undefined): void {
    const before = this.toldTrouble;
    if (kindOf(before) === kindOf(problem)) return;
    this.toldTrouble = problem;
    this.attempt(() => this.subscriber.trouble(problem, before));
  }

  private attempt(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.failed(error);
    }
  }
}

/** The reasons that looks find vary from look to look; what somebody is doing about it is news each time. */
const kindOf = (problem: Trouble | undefined) =>
  problem && (problem.told?.begin ?? (problem.isBeingSolved ? problem.reason : 'Temporal'));
