import type { Progress } from '../stages/context.ts';

/** Shows progress on standard error: on a terminal one line that is overwritten, elsewhere each new step once. */
export function showProgress(): { show(progress: Progress): void; end(): void } {
  const { stderr } = process;
  let shown = '';
  return {
    show({ fraction, note }) {
      const text = fraction === undefined ? note : `${note} (${Math.floor(fraction * 100)} %)`;
      if (text === shown) return;
      if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`);
      else if (stepOf(text) !== stepOf(shown)) stderr.write(`${note}\n`);
      shown = text;
    },
    end() {
      if (stderr.isTTY && shown) stderr.write('\r\u001b[K');
    },
  };
}

/** The step without its numbers, which keep changing. */
function stepOf(text: string): string {
  return text.replace(/[\d.]+/g, '#');
}
