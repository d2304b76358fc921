import { z } from 'zod';
import { prefix, settingGroups } from '../src/app/settings/index.ts';
import { words } from '../src/app/settings/words.ts';

const head = `<!-- Generated from src/app/settings: change it there, then run: node scripts/generate-settings.ts -->

# Settings

Each setting is an environment variable, or a line of a \`.env\` file in the folder where the command runs; the environment
takes precedence. [.env.example](../.env.example) has the most useful ones to copy. An unknown name or an invalid value
ends the program with a message that names it.

- **Durations** have a unit: \`500ms\`, \`30s\`, \`10m\`, \`12h\`, \`3d\`; at most \`365d\`.
- **Relative paths** start at the folder where the command runs.
- **Fixed:** a video keeps the values marked * that were set when it started. All other settings take effect when the
  worker restarts.

The connection to Temporal has variables of its own: see [Another Temporal server](operations.md#another-temporal-server).
`;

/** docs/settings.md, generated from the schema alone. */
export function settingsPage(): string {
  const tables = settingGroups.map(({ title, settings }) =>
    [
      `## ${title}`,
      '',
      '| Setting | Meaning | Values | Default |',
      '| ------- | ------- | ------ | ------- |',
      ...Object.entries(settings).map(([name, schema]) => row(name, schema)),
      '',
    ].join('\n'),
  );
  return [head, ...tables].join('\n');
}

function row(name: string, schema: z.ZodType): string {
  const told = words.get(schema);
  if (!told) throw new Error(`${prefix}${name} has no words in src/app/settings.`);
  const values = [valuesOf(schema), ...(told.example ? [`such as ${code(told.example)}`] : [])].join(', ');
  const cells = [
    `\`${prefix}${name}\`${told.fixed ? ' *' : ''}`,
    told.about,
    values,
    told.otherwise ?? defaultOf(name, schema),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What the kind of value says about itself, inside whatever makes it optional. */
function valuesOf(schema: z.ZodType): string {
  const isWrapped = schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return (isWrapped ? (schema.unwrap() as z.ZodType) : schema).description ?? 'text';
}

function defaultOf(name: string, schema: z.ZodType): string {
  if (schema instanceof z.ZodPrefault) return code(String(schema.def.defaultValue));
  throw new Error(`${prefix}${name} has no default: say what happens otherwise.`);
}

const code = (text: string) => `\`${text}\``;
