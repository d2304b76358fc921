export { decoderVersion } from './decoder-version.ts';
export { extractFrames } from './extract-frames.ts';
export { probe } from './probe.ts';
export type { RecordingInfo, Rotation } from './recording-info.ts';
export type { TaskLimits } from './run-decoder.ts';
export { drawSampleMatch, type SampleOptions } from './sample.ts';
export { type ScanOptions, scanKeyFrames } from './scan-key-frames.ts';
export type { ExtractedFrame, FrameRequest } from './tasks/extract-frames.ts';
export type { ScanFrame, ScanResult } from './tasks/scan-key-frames.ts';
