export type { StudioSettings } from './server/parts.ts';
export { type RunningStudio, type StudioOptions, startStudio } from './server/start.ts';
