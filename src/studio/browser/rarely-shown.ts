/** What most visits do without. One file, because many small ones are larger than what they save. */
export { FirstStartPage } from './first-start/first-start-page.tsx';
export { PublishedPage } from './published/published-page.tsx';
export { ReviseForm } from './revise/revise-form.tsx';
export { SettingsPage } from './settings/settings-page.tsx';
