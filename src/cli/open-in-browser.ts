/** Opens a page where there is a person with a screen; says nothing when that fails, for the address is shown too. */
export async function openInBrowser(address: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasScreen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  if (!hasScreen || !process.stderr.isTTY) return;
  const { default: open } = await import('open');
  const browser = await open(address).catch(() => undefined);
  browser?.once('error', () => undefined);
}
