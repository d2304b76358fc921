import { createHash } from 'node:crypto';
import { link, lstat, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether this is the file whose name is to go. */
export type IsMine = (file: string) => Promise<boolean>;

/**
 * Removes a file's name, which must not be its last one. Between a look at a path and its removal somebody may put another
 * recording there: so the name is first changed, then looked at, and what is not the file gets its name back.
 */
export async function removeName(file: string, isMine: IsMine): Promise<void> {
  const aside = asideOf(file);
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  await settle(aside, file, isMine);
}

/** Does what a removal that was killed left undone. */
export async function finishRemoval(file: string, isMine: IsMine): Promise<void> {
  const aside = asideOf(file);
  if (await isThere(aside)) await settle(aside, file, isMine);
}

/** Whether both paths lead to one file; not if one leads nowhere. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([stat(one), stat(other)]);
    return a.ino === b.ino && a.dev === b.dev;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Gives a file one more name; where the disk has no hard links, such as exFAT, that instead. False if it is taken. */
export async function giveName(file: string, name: string): Promise<boolean> {
  try {
    await link(file, name);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || (await isThere(name))) return false;
    await rename(file, name);
  }
  return true;
}

/** The path itself, or with ` (2)`, ` (3)` … before the extension if something is there already. */
export async function freeName(file: string): Promise<string> {
  const { dir, name, ext } = path.parse(file);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? file : path.join(dir, `${name} (${number})${ext}`);
    if (!(await isThere(candidate))) return candidate;
  }
}

/** A dangling link occupies its name too. */
export const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

/** Hidden, so that nobody takes it for a recording; as short as any name may be. */
function asideOf(file: string): string {
  const { dir, base } = path.parse(path.resolve(file));
  return path.join(dir, `.${createHash('sha256').update(base).digest('hex').slice(0, 16)}.leaving`);
}

async function settle(aside: string, file: string, isMine: IsMine): Promise<void> {
  if (await isMine(aside)) return rm(aside, { force: true });
  let name = file;
  while (!(await giveName(aside, name))) name = await freeName(file);
  await rm(aside, { force: true });
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
