import { StageError } from '../domain/errors.ts';

/**
 * Data that a newer version of this program has written is left alone: this version cannot know which parts must be
 * kept.
 * @param what the file, for the message
 */
export function newerData(what: string, version: number, known: number): StageError {
  const message = `${what} was written by a newer version of this program: it has version ${version}, and this program knows no later one than ${known}. It was left as it is.`;
  return new StageError('NEWER_DATA', message, {
    remedy: 'fix',
    action: 'Update the program; in its folder: git pull && npm ci',
  });
}
