/** Opens a page if there is a person with a screen; silent on failure, because the address is printed too. */
export async function openInBrowser(address: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasScreen = process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
  if (!hasScreen || !process.stderr.isTTY) return;
  const { default: open } = await import('open');
  const browser = await open(address).catch(() => undefined);
  browser?.once('error', () => undefined);
}
