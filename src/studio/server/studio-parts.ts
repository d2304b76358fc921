import type { Client } from '@temporalio/client';
import type { FrameServer } from '../../media/index.ts';
import type { StageOptions } from '../../stages/stage-options.ts';
import type { StartVideo } from '../../temporal/client/start.ts';
import type { VideoWatch } from '../../temporal/client/watch/index.ts';
import type { RevisionSettings } from '../../temporal/names.ts';
import type { ThumbnailRenderer } from '../../thumbnail/renderer.ts';
import type { PublishTarget } from '../../workspace/ledger.ts';
import type { Store } from '../../workspace/store.ts';
import type { FirstStartDesk } from './first-start-desk.ts';
import type { StudioShares } from './limits.ts';
import type { OtherStudios } from './machines/other-studios.ts';
import type { Moments } from './moments.ts';
import type { PublishingDesk } from './publishing-desk.ts';
import type { ScaledPictures } from './scaled-pictures.ts';
import type { SettingsDesk } from './settings-desk.ts';
import type { SignInDesk } from './sign-in-desk.ts';

/** What the studio is given: it reads no settings itself. What may change while it runs is asked anew each time. */
export interface StudioSettings {
  readonly client: Client;
  readonly videos: VideoWatch;
  readonly store: Store;
  readonly startVideo: StartVideo;
  readonly host: { readonly id: string; readonly name: string };
  /** Where videos go. */
  readonly target: () => PublishTarget;
  readonly dataFolder: string;
  readonly inputFolder: string;
  /** How thumbnails are drawn, unless a person chooses otherwise. */
  readonly enhance: () => StageOptions['enhance'];
  readonly metadata: () => StageOptions['metadata'];
  readonly timeZone: () => string;
  /** How revisions of published videos are started. */
  readonly revisions: { readonly taskQueue: string; readonly settings: () => RevisionSettings };
  /** Temporal's Web UI, if its address is known. */
  readonly temporalUrl?: string | undefined;
  readonly namespace: string;
  readonly settings: SettingsDesk;
  readonly signIn: SignInDesk;
  readonly firstStart: FirstStartDesk;
  readonly publishing: PublishingDesk;
  /** What this machine shares with others, if it is introduced to any. */
  readonly machines?: MachinesSettings | undefined;
}

export interface MachinesSettings {
  /** Secret: all machines of the club have the same. */
  readonly key: string;
  /** Where this machine answers the others; 0 picks any free port. */
  readonly port: number;
  /** The shared one, by which they are found. */
  readonly taskQueue: string;
}

/** The settings, and the services that the studio keeps open while it runs. */
export interface StudioParts extends StudioSettings {
  readonly renderer: ThumbnailRenderer;
  readonly frames: FrameServer;
  readonly shares: StudioShares;
  readonly moments: Moments;
  readonly scaled: ScaledPictures;
  /** Undefined unless this machine is introduced to others. */
  readonly otherStudios: OtherStudios | undefined;
}
