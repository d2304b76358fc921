import { StageError } from './errors.ts';

interface SystemError {
  readonly message: string;
  /** Of the operating system, such as `ENOSPC`, or `ERR_SQLITE_ERROR`. */
  readonly code?: string | undefined;
  /** Of SQLite. */
  readonly errcode?: number | undefined;
}

/** SQLite's result codes; the lower eight bits of an extended one. See its "Result and Error Codes". */
const sqliteFull = 13;
const sqliteReadOnly = 8;
const sqliteCannotOpen = 14;
const sqliteIoError = 10;
/** The file that shares the write-ahead log could not be made larger: "may indicate that the volume is out of space". */
const sqliteNoRoomToShare = 4874;

/** Whether it could not be written because there is no room, or because the quota of the disk's user is used up. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode = 0 } = error as SystemError;
  return code === 'ENOSPC' || code === 'EDQUOT' || (errcode & 0xff) === sqliteFull || errcode === sqliteNoRoomToShare;
}

/**
 * Failures of the operating system that a person must do something about, told in the same words everywhere; undefined
 * for any other.
 */
export function explainSystemError(error: unknown): StageError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message, code, errcode = 0 } = error as SystemError;
  if (isDiskFull(error)) {
    return new StageError('NO_SPACE', `The disk is full: ${message}`, {
      remedy: 'fix',
      action: 'Free some space on the disk that holds the data folder.',
      cause: error,
    });
  }
  if (code === 'EIO' || (errcode & 0xff) === sqliteIoError) {
    return new StageError('FOLDER_UNUSABLE', `The disk could not be read or written: ${message}`, {
      remedy: 'retry',
      action:
        'It is tried again automatically. If it needs attention, check that disk, or where none is named that of the data ' +
        'folder: its cable, its network, its health. Then retry.',
      cause: error,
    });
  }
  const isReadOnly = [sqliteReadOnly, sqliteCannotOpen].includes(errcode & 0xff);
  if (isReadOnly || code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new StageError('FOLDER_UNUSABLE', message, {
      remedy: 'fix',
      action: 'Check the permissions of that folder.',
      cause: error,
    });
  }
  return undefined;
}
