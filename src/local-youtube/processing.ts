/** "Videos" reference, status.failureReason and status.rejectionReason. */
export const failureReasons = ['codec', 'conversion', 'emptyFile', 'invalidFile', 'tooSmall', 'uploadAborted'] as const;
export const rejectionReasons = [
  'claim',
  'copyright',
  'duplicate',
  'inappropriate',
  'legal',
  'length',
  'termsOfUse',
  'trademark',
  'uploaderAccountClosed',
  'uploaderAccountSuspended',
] as const;

/** The outcome of an upload once processed. */
export type ProcessingOutcome = { readonly fileSize?: number | undefined } & (
  | { readonly status: 'processed' }
  | { readonly status: 'failed'; readonly reason: (typeof failureReasons)[number] }
  | { readonly status: 'rejected'; readonly reason: (typeof rejectionReasons)[number] }
);

interface Processed {
  /** Milliseconds since the epoch: when the outcome becomes available. */
  readonly processedAt: number;
  /** Absent in videos from older versions: processed. */
  readonly outcome?: ProcessingOutcome | undefined;
}

/** How far processing has got, in the terms of `status`. */
export function uploadStatus({ processedAt, outcome }: Processed, now: number) {
  if (now < processedAt) return { uploadStatus: 'uploaded' as const };
  if (outcome === undefined || outcome.status === 'processed') return { uploadStatus: 'processed' as const };
  return { uploadStatus: outcome.status, reason: outcome.reason };
}

/** The part `processingDetails`. */
export function processingDetails({ processedAt, outcome }: Processed, now: number) {
  const availability = (yes: boolean) => (yes ? 'available' : 'inProgress');
  const done = now >= processedAt;
  const common = {
    fileDetailsAvailability: 'available',
    processingIssuesAvailability: availability(done),
    tagSuggestionsAvailability: availability(done),
    editorSuggestionsAvailability: availability(done),
    thumbnailsAvailability: availability(done),
  };
  if (!done) {
    const timeLeftMs = String(Math.ceil(processedAt - now));
    const processingProgress = { partsTotal: '100', partsProcessed: '50', timeLeftMs };
    return { processingStatus: 'processing', processingProgress, ...common };
  }
  if (outcome?.status !== 'failed') return { processingStatus: 'succeeded', ...common };
  const processingFailureReason = outcome.reason === 'uploadAborted' ? 'uploadFailed' : 'transcodeFailed';
  return { processingStatus: 'failed', processingFailureReason, ...common };
}
