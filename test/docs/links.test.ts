import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { codeIn, pages, prose, read, root } from './pages.ts';

/** The anchors of a page, as GitHub derives them from its headings. */
function anchors(page: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = Array.from(prose(read(page)).matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) => heading);
  return new Set(
    headings.map((heading) => {
      const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '');
      const anchor = words.trim().replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

const linksOf = (page: string) =>
  Array.from(prose(read(page)).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target).filter(
    (target) => !/^[a-z]+:/.test(target),
  );

function problemWith(page: string, link: string): string | undefined {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(root, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchors(target).has(anchor) ? undefined : `${link}: ${target} has no heading for it`;
}

describe('links', () => {
  it('are found', () => assert.ok(pages.flatMap(linksOf).length > 50));

  for (const page of pages) {
    it(`of ${page} lead somewhere`, () => {
      assert.deepEqual(
        linksOf(page).flatMap((link) => problemWith(page, link) ?? []),
        [],
      );
    });
  }

  it('that lead nowhere are noticed', () => {
    assert.match(problemWith('README.md', '#no such heading') ?? '', /no heading/);
    assert.match(problemWith('README.md', 'nowhere.md') ?? '', /there is no/);
  });
});

describe('files of the project', () => {
  const mentioned = (page: string) =>
    codeIn(read(page))
      .flatMap((code) => code.match(/(?<![\w./-])(?:src|test|bench|scripts|docs|bin|docker)\/[\w./-]*/g) ?? [])
      // A placeholder, a pattern, or something the sentence says is yet to be created.
      .filter((file) => !/NAME|VIDEO/.test(file))
      .map((file) => file.replace(/\/$/, ''));

  for (const page of pages) {
    it(`that ${page} names exist`, () => {
      const missing = mentioned(page).filter((file) => !existsSync(path.join(root, file)));
      assert.deepEqual(missing, []);
    });
  }
});
