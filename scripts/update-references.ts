#!/usr/bin/env node
// Redraws the thumbnails that the tests compare with: node scripts/update-references.ts
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { drawReference, referenceFolder, references } from '../test/thumbnail/references.ts';

const scratch = await mkdtemp(path.join(tmpdir(), 'badminton-references-'));
try {
  await rm(referenceFolder, { recursive: true, force: true });
  await mkdir(referenceFolder);
  for (const reference of references) {
    await writeFile(path.join(referenceFolder, `${reference.name}.jpg`), await drawReference(reference, scratch));
  }
  console.log(`${references.length} pictures in ${path.relative('.', referenceFolder)}; look at them: git diff --stat`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
