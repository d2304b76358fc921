import path from 'node:path';
import { camcorderEnding, renamedToBeRead, staysAsItIs } from '../domain/file-ending.ts';

/**
 * Tells of files that are not picked up because of the ending of their names: once for each ending, until no file has it
 * any more.
 */
export function tellOfMisnamed(say: (message: string) => void): (misnamed: readonly string[]) => void {
  const told = new Set<string>();
  return (misnamed) => {
    const first = new Map<string, string>();
    for (const file of misnamed) {
      const ending = camcorderEnding(file) ?? '';
      if (!first.has(ending)) first.set(ending, path.basename(file));
    }
    for (const ending of told) if (!first.has(ending)) told.delete(ending);
    for (const [ending, name] of first) {
      if (told.has(ending)) continue;
      told.add(ending);
      say(`${name} is not picked up, as no file is whose name ends in ${ending}. ${advice(ending)}`);
    }
  };
}

const advice = (ending: string) => `To publish it, ${renamedToBeRead(ending)}: ${staysAsItIs}.`;
