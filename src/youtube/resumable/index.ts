/**
 * Uploads a file over Google's resumable protocol to any server that speaks it. Knows nothing about YouTube, Temporal
 * or this program; needs only Node.
 *
 * `uploadResumable` is the whole API: given where to open a session (address, headers, body), the file, and a store
 * that keeps one session, it uploads the file exactly once, however often it is called and wherever it was killed. What
 * it throws says what may have been sent; whether another session may be opened is the caller's decision.
 */
export { type ApiError, readApiError } from './api-error.ts';
export { type BandwidthLimit, createBandwidthLimit, type Hours } from './bandwidth.ts';
export type { Clock } from './clock.ts';
export {
  FileChangedError,
  RejectedError,
  ResumableError,
  SessionLostError,
  UploadInterruptedError,
} from './errors.ts';
export { hashFile } from './hash-file.ts';
export type { RetryPolicy } from './retry.ts';
export { chunkUnitBytes, type Sent, type SessionStore, type UploadSession } from './session.ts';
export type { ResumableUpload } from './upload-options.ts';
export { type UploadResult, uploadResumable } from './upload-resumable.ts';
