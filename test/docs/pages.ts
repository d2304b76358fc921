import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Every page that people read, by its path from the root. */
export const pages: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'],
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The page without its code blocks. */
export const prose = (text: string) => text.replaceAll(/^```.*?^```/gms, '');

/** What the page shows as code, in blocks and within sentences. */
export const codeIn = (text: string): string[] => [
  ...Array.from(text.matchAll(/^```\w*\n(.*?)^```/gms), ([, block = '']) => block.split('\n')).flat(),
  ...Array.from(prose(text).matchAll(/`([^`\n]+)`/g), ([, code = '']) => code),
];

/** The first cell of each row of the page's tables, without the backticks. */
export const firstCells = (text: string): string[] =>
  Array.from(prose(text).matchAll(/^\| `([^`]+)`/gm), ([, cell = '']) => cell);
