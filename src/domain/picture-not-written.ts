import { StageError } from './errors.ts';
import { isDiskFull } from './system-error.ts';

type WriteError = Error & { readonly code?: string | undefined };

/** The error for a picture that could not be written where it belongs. */
export function pictureNotWritten(path: string, cause: WriteError): StageError {
  const isFull = isDiskFull(cause);
  return new StageError(
    isFull ? 'NO_SPACE' : 'FOLDER_UNUSABLE',
    `The picture ${path} cannot be written: ${reasonOf(cause, folderOf(path))}`,
    {
      remedy: 'fix',
      action: isFull ? 'Free some disk space, then retry.' : 'Make its folder exist and be writable, then retry.',
      cause,
    },
  );
}

/** Without the name of a temporary file, which says nothing to a person. */
function reasonOf({ code, message }: WriteError, folder: string): string {
  switch (code) {
    case 'ENOENT':
      return `the folder ${folder} does not exist`;
    case 'ENOTDIR':
      return `${folder}  is not a folder`;
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `nothing may be written in ${folder} (${code})`;
    default:
      return message;
  }
}

const folderOf = (path: string) => path.replace(/[\\/][^\\/]*$/, '');
