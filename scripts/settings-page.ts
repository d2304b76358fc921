import type { z } from 'zod';
import { prefix, settingGroups } from '../src/app/settings/index.ts';
import { defaultOf, kindOf } from '../src/app/settings/kind.ts';
import { type Applies, type ChangeFrom, words } from '../src/app/settings/words.ts';

const marks: Readonly<Record<Applies, string>> = { 'at once': '', 'new videos': ' *', restart: ' †' };

const head = `<!-- Generated from src/app/settings: change it there, then run: node scripts/generate-settings.ts -->

# Settings

Each setting is an environment variable, or a line of a \`.env\` file in the folder where the command runs, or is kept in
\`settings.json\` of the data folder; the first of these takes precedence. [.env.example](../.env.example) has the most useful
ones to copy. An unknown name or an invalid value ends the program with a message that names it.

- **Durations** have a unit: \`500ms\`, \`30s\`, \`10m\`, \`12h\`, \`3d\`; at most \`365d\`.
- **Relative paths** start at the folder where the command runs; in \`settings.json\`, at the data folder.
- **In effect:** a change in \`settings.json\` takes effect at once, for videos that already wait too. A video keeps the values
  marked * that were set when it started. Those marked † take effect when the program restarts, and so does every change
  in the environment or \`.env\`.
- **Changed** says where, besides the environment and \`.env\`, a setting can be changed: *page* is the
  [settings page](studio.md#settings), on this machine and on devices that were paired as administrators; *page, this
  machine* is that page on this machine only; *terminal* is no page, because it runs a command, names a file, or says where
  recordings and the sign-in are sent; the logo, a file too, can be uploaded on the page. \`npx badminton settings set\` changes all of these.

\`\`\`sh
npx badminton settings                                   # all settings, their values, and where each comes from
npx badminton settings set BADMINTON_CLUB_NAME "Sun Club"
npx badminton settings unset BADMINTON_CLUB_NAME
\`\`\`

The connection to Temporal has variables of its own: see [Another Temporal server](operations.md#another-temporal-server).
`;

/** docs/settings.md, generated from the schema alone. */
export function settingsPage(): string {
  const tables = settingGroups.map(({ title, settings }) =>
    [
      `## ${title}`,
      '',
      '| Setting | Meaning | Values | Default | Changed |',
      '| ------- | ------- | ------ | ------- | ------- |',
      ...Object.entries(settings).map(([name, schema]) => row(name, schema)),
      '',
    ].join('\n'),
  );
  return [head, ...tables].join('\n');
}

function row(name: string, schema: z.ZodType): string {
  const told = words.get(schema);
  if (!told) throw new Error(`${prefix}${name} has no words in src/app/settings.`);
  const values = [kindOf(schema), ...(told.example ? [`such as ${code(told.example)}`] : [])].join(', ');
  const cells = [
    `\`${prefix}${name}\`${marks[told.applies]}`,
    told.about,
    values,
    otherwiseOf(name, schema),
    places[told.changeFrom],
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Where it can be changed, apart from the environment and `.env`. */
const places: Readonly<Record<ChangeFrom, string>> = {
  page: 'page',
  machine: 'page, this machine',
  terminal: 'terminal',
  environment: '',
};

function otherwiseOf(name: string, schema: z.ZodType): string {
  const usual = words.get(schema)?.otherwise ?? defaultOf(schema);
  if (usual === undefined) throw new Error(`${prefix}${name} has no default: say what happens otherwise.`);
  return words.get(schema)?.otherwise === undefined ? code(usual) : usual;
}

const code = (text: string) => `\`${text}\``;
