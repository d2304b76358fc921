const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const exitNow = () => process.exit(130);

/**
 * Waits for Ctrl-C (or SIGTERM or SIGHUP), or until `ended` settles; another Ctrl-C after that ends the process at
 * once.
 * @throws what `ended` rejects with
 */
export async function untilStopped(ended: Promise<unknown>, onStop: () => void): Promise<void> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  // What was waited for before is over: the first Ctrl-C stops this gently, too.
  for (const name of names) process.off(name, exitNow).once(name, stop);
  await Promise.race([stopped, ended]);
  onStop();
  for (const name of names) process.off(name, stop).once(name, exitNow);
}
