// Writes docs/settings.md from the schema of the settings: `node scripts/generate-settings.ts`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settingsPage } from './settings-page.ts';

const file = fileURLToPath(new URL('../docs/settings.md', import.meta.url));
writeFileSync(file, settingsPage());
console.log(file);
