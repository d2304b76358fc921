import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { StageError } from '../../domain/errors.ts';

/** Larger than any design: such a file is something else. */
const mostBytes = 256 * 1024;

/**
 * Reads a YAML file and checks it.
 * @throws StageError DESIGN_INVALID with a line `file:line:column: what is wrong` for each mistake
 */
export function readDesign<T extends z.ZodType>(path: string, schema: T): z.output<T> {
  const text = readText(path);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${basename(path)}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw invalid(
      path,
      document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`),
    );
  }
  const checked = schema.safeParse(plain(path, document));
  if (checked.success) return checked.data;
  const mistakes = checked.error.issues
    .flatMap(unfold)
    .map((mistake) => ({ ...mistake, offset: offsetOf(document, mistake.path) }));
  throw invalid(
    path,
    mistakes
      .sort((a, b) => a.offset - b.offset)
      .map(
        ({ path: keys, message, offset }) =>
          `${at(offset)}: ${keys.length > 0 ? spelled(keys) : 'the file'} ${message}`,
      ),
  );
}

function readText(path: string): string {
  try {
    const file = readFileSync(path);
    if (file.length > mostBytes) throw new Error('it is too large');
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch (cause) {
    throw invalid(path, [`${basename(path)}:1:1: the file cannot be read: ${(cause as Error).message}`]);
  }
}

/** Alias expansion is bounded: a file of a few lines must not blow up. */
function plain(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    throw invalid(path, [`${basename(path)}:1:1: ${(cause as Error).message}`]);
  }
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Each unknown field is reported at its own position; a missing one is reported as missing. */
function unfold(issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0;
  return [{ path: issue.path, message: missing ? `is missing` : said(issue) }];
}

function said(issue: z.core.$ZodIssue): string {
  return /^(must|may|has|is)\b/u.test(issue.message) ? issue.message : `is wrong: ${issue.message}`;
}

const spelled = (keys: readonly PropertyKey[]) =>
  keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');

/**
 * The position of the value; for an unknown field that of its name, for a missing one that of the object it is missing
 * from.
 */
function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const parent = document.getIn(keys.slice(0, length - 1), true);
    const key = keys[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && String(item.key) === String(key))
      : undefined;
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    const value = document.getIn(keys.slice(0, length), true);
    if (isNode(value) && value.range) return value.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function invalid(path: string, mistakes: readonly string[]): StageError {
  return new StageError('DESIGN_INVALID', `The design file ${path} has mistakes:\n  ${mistakes.join('\n  ')}`, {
    remedy: 'fix',
    action: 'Correct the file (docs/thumbnails.md describes it), or choose another template or theme, then retry.',
  });
}
