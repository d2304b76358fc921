/** Signing in to YouTube, and the tokens that result. */
export { findClient, type OAuthClient, parseClient, readClient } from './auth/client-file.ts';
export { type FileAuthOptions, fileAuth } from './auth/file-auth.ts';
export { revokeSignIn, saveSignIn } from './auth/keep-sign-in.ts';
export { localAuth, rehearsedAuth } from './auth/local-auth.ts';
export { type SignInOptions, signIn } from './auth/sign-in.ts';
export { type SignInState, signInProblem, signInState } from './auth/sign-in-state.ts';
export { readTokenFile, type TokenFile } from './auth/token-file.ts';
export { hasUsableSignIn, watchSignIn } from './auth/watch-sign-in.ts';
export type { YouTubeAuth } from './auth/youtube-auth.ts';
