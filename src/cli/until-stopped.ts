/**
 * Waits for Ctrl-C (or SIGTERM or SIGHUP), or until `ended` settles; another Ctrl-C after that ends the process at
 * once.
 * @throws what `ended` rejects with
 */
export async function untilStopped(ended: Promise<unknown>, onStop: () => void): Promise<void> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.once(name, stop);
  await Promise.race([stopped, ended]);
  onStop();
  for (const name of names) process.off(name, stop).once(name, () => process.exit(130));
}
