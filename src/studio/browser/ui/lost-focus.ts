/**
 * Whether nobody has gone anywhere else: only then may the page move the focus.
 * @param gone what has gone, or is about to go, with the focus in it
 */
export function isFocusLost(gone?: Element | null): boolean {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || gone?.contains(activeElement) === true;
}
