/** What is known about a recording without decoding more than its first picture. */
export interface RecordingInfo {
  /** Length of the video stream. */
  durationSeconds: number;
  /** Pixels as a person sees them, after rotation. */
  width: number;
  height: number;
  /** Clockwise degrees by which a player turns the stored picture. */
  rotation: Rotation;
  /** FFmpeg's name for the codec: `h264`, `hevc`, … */
  codec: string;
  /** FFmpeg's name for the stored pixel format: `yuv420p`, `yuv420p10le`, … */
  pixelFormat: string;
  /** Bits per colour component. */
  bitDepth: number;
  /** Mean frames per second; phones vary the rate. */
  frameRate: number;
  /** The date that phones write in addition to the creation time, as recorded: local, usually with its UTC offset. */
  quickTimeDate?: string;
  /**
   * As recorded, several joined by semicolons; supposed to be in UTC. src/domain/match-date.ts decides what to believe.
   */
  creationTime?: string;
  hasAudio: boolean;
  sizeBytes: number;
  /**
   * FFmpeg's name for the transfer curve, if the recording names it: `bt709`, `smpte2084` (PQ), `arib-std-b67` (HLG),
   * …
   */
  colorTransfer?: string;
}

export type Rotation = 0 | 90 | 180 | 270;
