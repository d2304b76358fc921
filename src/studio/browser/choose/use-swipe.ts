import { useRef } from 'preact/hooks';

const leastPixels = 40;

/** Swiping across the picture goes to the next or the previous one. */
export function useSwipe(onMove: (by: 1 | -1) => void) {
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  return {
    onTouchStart: ({ touches: [finger, ...others] }: TouchEvent & { touches: TouchList & Iterable<Touch> }) => {
      start.current = finger && others.length === 0 ? { x: finger.clientX, y: finger.clientY } : undefined;
    },
    onTouchEnd: ({ changedTouches: [finger] }: TouchEvent & { changedTouches: TouchList & Iterable<Touch> }) => {
      if (!start.current || !finger) return;
      const [across, down] = [finger.clientX - start.current.x, finger.clientY - start.current.y];
      start.current = undefined;
      if (Math.abs(across) >= leastPixels && Math.abs(across) > 1.5 * Math.abs(down)) onMove(across < 0 ? 1 : -1);
    },
  };
}
