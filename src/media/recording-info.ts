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
  /** ISO 8601. With the camera's own time zone offset where the recording holds one, else in UTC. */
  creationTime?: string;
  hasAudio: boolean;
  sizeBytes: number;
  /** FFmpeg's name of the transfer curve where the recording says it: `bt709`, `smpte2084` (PQ), `arib-std-b67` (HLG), … */
  colorTransfer?: string;
}

export type Rotation = 0 | 90 | 180 | 270;
