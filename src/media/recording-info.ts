/** What is known of a recording without decoding it. */
export interface RecordingInfo {
  /** Length of the video stream. */
  durationSeconds: number;
  /** Pixels as a person sees them, after rotation. */
  width: number;
  height: number;
  /** Clockwise degrees by which the stored picture is turned for display. */
  rotation: Rotation;
  /** FFmpeg's name of the codec: `h264`, `hevc`, … */
  codec: string;
  /** FFmpeg's name of the stored pixel format: `yuv420p`, `yuv420p10le`, … */
  pixelFormat: string;
  /** Bits per colour component. */
  bitDepth: number;
  /** Mean frames per second; phones vary it. */
  frameRate: number;
  /** The date that phones write beside the creation time, as the recording tells it: local, mostly with its offset. */
  quickTimeDate?: string;
  /** As the recording tells it, more than one joined by semicolons: in UTC, or so it should be. What may be believed, src/domain/match-date.ts says. */
  creationTime?: string;
  hasAudio: boolean;
  sizeBytes: number;
  /** FFmpeg's name of the transfer curve where the recording says it: `bt709`, `smpte2084` (PQ), `arib-std-b67` (HLG), … */
  colorTransfer?: string;
}

export type Rotation = 0 | 90 | 180 | 270;
