import type { MetadataSource } from '../domain/metadata.ts';
import type { CleanupOptions } from './cleanup/index.ts';
import type { EnhanceOptions } from './enhance/index.ts';
import type { PrepareOptions } from './prepare/index.ts';
import type { UploadOptions } from './upload/options.ts';

/** What each stage is given once, whatever the recording; corrections and orders come with each video. */
export interface StageOptions {
  readonly prepare: PrepareOptions;
  readonly rank: { readonly withoutPose: boolean };
  readonly enhance: EnhanceOptions;
  readonly metadata: Pick<MetadataSource, 'club' | 'privacy' | 'tags'>;
  readonly upload: UploadOptions;
  readonly cleanup: CleanupOptions;
}
