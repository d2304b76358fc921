import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Look } from '../../../domain/look.ts';
import type { DeskSession } from '../state/session.ts';
import { useKeys } from '../ui/keys.ts';
import { isFocusLost } from '../ui/lost-focus.ts';

type Box = NonNullable<Look['crop']>;

const smallest = 0.15;
const step = 0.02;
const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

interface Props {
  readonly session: DeskSession;
  /** What the last thumbnail shows. */
  readonly shown: Box;
}

/** A box of the thumbnail's shape that a person moves over the frame; the thumbnail shows what is inside it. */
export function Crop({ session, shown }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const start = useRef<{ box: Box; x: number; y: number; corner: boolean } | undefined>(undefined);
  /** Height of the box from its width, both as shares of the frame. */
  const shape = shown.height / shown.width;
  const widest = Math.min(1, 1 / shape);
  const draft = useSignal<Box | undefined>(undefined);
  const fit = ({ x, y, width }: Box): Box => {
    const w = between(width, Math.min(smallest, widest), widest);
    const h = w * shape;
    return { x: between(x, 0, 1 - w), y: between(y, 0, 1 - h), width: w, height: h };
  };
  const { crop: wished } = session.look.value;
  const box = draft.value ?? fit(wished ? around(wished, shape) : shown);
  useEffect(() => {
    const before = document.activeElement;
    area.current?.scrollIntoView({ block: 'nearest' });
    handle.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && isFocusLost(area.current)) before.focus({ preventScroll: true });
    };
  }, []);
  const settle = (next: Box) => {
    draft.value = undefined;
    const rounded = (value: number) => Number(value.toFixed(4));
    session.look.value = {
      ...session.look.value,
      crop: { x: rounded(next.x), y: rounded(next.y), width: rounded(next.width), height: rounded(next.height) },
    };
  };
  const begin = (event: PointerEvent, corner: boolean) => {
    event.stopPropagation();
    area.current?.setPointerCapture(event.pointerId);
    start.current = { box, x: event.clientX, y: event.clientY, corner };
  };
  const move = (event: PointerEvent) => {
    if (!start.current || !area.current) return;
    const { width, height } = area.current.getBoundingClientRect();
    const { box: from, x, y, corner } = start.current;
    const [across, down] = [(event.clientX - x) / width, (event.clientY - y) / height];
    draft.value = fit(
      corner ? { ...from, width: from.width + across } : { ...from, x: from.x + across, y: from.y + down },
    );
  };
  const end = () => {
    if (start.current) settle(draft.peek() ?? box);
    start.current = undefined;
  };
  const change = ({ x = 0, y = 0, width = 0 }: Partial<Box>) =>
    settle(fit({ ...box, x: box.x + x - width / 2, y: box.y + y - (width * shape) / 2, width: box.width + width }));
  useKeys({
    ArrowLeft: () => change({ x: -step }),
    ArrowRight: () => change({ x: step }),
    ArrowUp: () => change({ y: -step }),
    ArrowDown: () => change({ y: step }),
    '+': () => change({ width: step }),
    '-': () => change({ width: -step }),
  });
  const percent = (value: number) => `${value * 100}%`;
  return (
    <div ref={area} class="crop" onPointerMove={move} onPointerUp={end} onPointerCancel={end}>
      <div
        ref={handle}
        class="crop-box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by the arrow keys
        tabIndex={0}
        aria-label="What the thumbnail shows: arrow keys move it, + and - change its size"
        style={{ left: percent(box.x), top: percent(box.y), width: percent(box.width), height: percent(box.height) }}
        onPointerDown={(event) => begin(event, false)}
      />
      <span
        class="crop-corner"
        style={{ '--right': percent(box.x + box.width), '--bottom': percent(box.y + box.height) }}
        onPointerDown={(event) => begin(event, true)}
      />
    </div>
  );
}

/** The box of a shape, height by width, that holds another: what the renderer makes of a wish for another design. */
function around({ x, y, width, height }: Box, shape: number): Box {
  const w = Math.max(width, height / shape);
  return { x: x + (width - w) / 2, y: y + (height - w * shape) / 2, width: w, height: w * shape };
}
