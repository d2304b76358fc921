import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Look } from '../../../domain/look.ts';
import type { DeskSession } from '../state/session.ts';

type Box = NonNullable<Look['crop']>;

const smallest = 0.15;
const step = 0.02;
const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** A thumbnail-shaped box that a person drags over the frame; the thumbnail shows what is inside it. */
export function Crop({ session, ratio }: { readonly session: DeskSession; readonly ratio: number }) {
  const area = useRef<HTMLDivElement>(null);
  const start = useRef<{ box: Box; x: number; y: number; corner: boolean } | undefined>(undefined);
  /** Height of the box from its width, both as shares of the frame. */
  const shape = ratio / (16 / 9);
  const widest = Math.min(1, 1 / shape);
  const draft = useSignal<Box | undefined>(undefined);
  const first: Box = {
    x: (1 - widest * 0.7) / 2,
    y: (1 - widest * 0.7 * shape) / 2,
    width: widest * 0.7,
    height: widest * 0.7 * shape,
  };
  const box = draft.value ?? session.look.value.crop ?? first;
  const fit = ({ x, y, width }: Box): Box => {
    const w = between(width, smallest, widest);
    const h = w * shape;
    return { x: between(x, 0, 1 - w), y: between(y, 0, 1 - h), width: w, height: h };
  };
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
  const press = (event: KeyboardEvent) => {
    const moves: Record<string, Box> = {
      ArrowLeft: { ...box, x: box.x - step },
      ArrowRight: { ...box, x: box.x + step },
      ArrowUp: { ...box, y: box.y - step },
      ArrowDown: { ...box, y: box.y + step },
      '+': { ...box, width: box.width + step },
      '-': { ...box, width: box.width - step },
    };
    const next = moves[event.key];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    settle(fit(next));
  };
  const percent = (value: number) => `${value * 100}%`;
  return (
    <div ref={area} class="crop" onPointerMove={move} onPointerUp={end} onPointerCancel={end}>
      <div
        class="crop-box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by the arrow keys
        tabIndex={0}
        aria-label="What the thumbnail shows: arrow keys move it, + and - change its size"
        style={{ left: percent(box.x), top: percent(box.y), width: percent(box.width), height: percent(box.height) }}
        onPointerDown={(event) => begin(event, false)}
        onKeyDown={press}
      >
        <span class="crop-corner" onPointerDown={(event) => begin(event, true)} />
      </div>
    </div>
  );
}
