import { basename } from 'node:path';
import { StageError } from '../../domain/errors.ts';

const copyAgain =
  'Copy it again from the phone or camera, and wait until the copy has ended; the new copy becomes a video of its own. Cancel the video of this file, if there is one.';

export function fileMissing(path: string, cause?: unknown): StageError {
  return new StageError('FILE_MISSING', `The recording ${basename(path)} is not there: ${path}.`, {
    remedy: 'fix',
    action: 'Put the recording back at this place, then retry. Or cancel, and start it from its new place.',
    cause,
  });
}

export function fileUnreadable(path: string, why: string): StageError {
  return new StageError('FILE_MISSING', `The recording ${path} cannot be opened: ${why}.`, {
    remedy: 'fix',
    action: 'Give the program the right to read this file, then retry.',
  });
}

/** `why` completes "… is not a video: …". */
export function notAVideo(path: string, why: string): StageError {
  return new StageError('NOT_A_VIDEO', `${basename(path)} is not a video: ${why}.`, {
    remedy: 'fix',
    action:
      'Copy the recording itself from the phone or camera; it becomes a video of its own. Cancel the video of this file, if there is one.',
  });
}

/** `what` completes "… is damaged: …": a part of the copy is missing. */
export function damagedVideo(path: string, what: string): StageError {
  return new StageError('DAMAGED_VIDEO', `${basename(path)} is damaged: ${what}.`, {
    remedy: 'fix',
    action: copyAgain,
  });
}

/** `what` completes "… cannot be read: …": the fault may be in the copy or in the recording itself. */
export function unreadableVideo(path: string, what: string): StageError {
  return new StageError('DAMAGED_VIDEO', `${basename(path)} cannot be read: ${what}.`, {
    remedy: 'fix',
    action:
      'Compare it with the original on the phone or camera. If that is larger or smaller, copy it again. If it is the same, ' +
      'it is of a kind that this program cannot read: save it as MP4 (H.264) with another program, for example HandBrake, ' +
      'and take that; it becomes a video of its own. Cancel the video of this file, if there is one.',
  });
}

export function frameNotFound(path: string, seconds: number, durationSeconds: number): StageError {
  const message = `There is no frame at ${seconds} s in ${basename(path)}: it is ${durationSeconds.toFixed(2)} s long.`;
  return new StageError('FRAME_NOT_FOUND', message, {
    remedy: 'fix',
    action: `Choose a time between 0 and ${durationSeconds.toFixed(2)} seconds.`,
  });
}
