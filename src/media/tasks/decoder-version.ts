import { getFFmpegInfo } from 'node-av/lib';
import type { Task } from '../../child/protocol.ts';

export const run: Task<null, never, string> = async () => getFFmpegInfo().version;
