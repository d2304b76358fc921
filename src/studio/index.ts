export type { FirstStartDesk, FirstStartState } from './server/first-start-desk.ts';
export type { PublishingDesk } from './server/publishing-desk.ts';
export type { SettingsDesk, SettingsView, SettingView, TestedChannel } from './server/settings-desk.ts';
export type { SignInDesk, SignInView, Usable } from './server/sign-in-desk.ts';
export { type RunningStudio, type StudioOptions, startStudio } from './server/start.ts';
export type { StudioSettings } from './server/studio-parts.ts';
