/** Where a video is published: on the local YouTube (a rehearsal) or on the real one. */
export const publishTargets = ['local', 'youtube'] as const;
export type PublishTarget = (typeof publishTargets)[number];

/** Publishing to the local YouTube does not count when the recording is later published for real. */
export const isRehearsal = (target: PublishTarget): boolean => target === 'local';

export const targetOf = ({ rehearsal }: { readonly rehearsal: boolean }): PublishTarget =>
  rehearsal ? 'local' : 'youtube';

export const otherTarget = (target: PublishTarget): PublishTarget => (target === 'local' ? 'youtube' : 'local');
