import type { Page } from 'playwright-core';

/** What a person could not see, reach or hit on the page as it is; the page is scrolled to its top afterwards. */
export function audit(page: Page, mainAction: string | undefined, isTouch: boolean): Promise<string[]> {
  return page.evaluate(
    async ({ mainAction, isTouch }) => {
      // After a change of the window's size, rows are measured and placed in the frames that follow.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      const faults: string[] = [];
      const dialog = document.querySelector('dialog[open], :popover-open');
      const nameOf = (element: Element) =>
        `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}"`;
      const isCovered = (element: Element, x: number, y: number) => {
        const top = document.elementFromPoint(x, y);
        return !top || !(element.contains(top) || (top instanceof HTMLLabelElement && top.control === element));
      };
      const wide = document.documentElement.scrollWidth - innerWidth;
      if (wide > 0) faults.push(`the page is ${wide} px wider than its window`);

      scrollTo(0, 0);
      const main =
        mainAction === undefined
          ? undefined
          : [...document.querySelectorAll('button, a')].find((each) => each.textContent?.includes(mainAction));
      if (mainAction !== undefined && !main) faults.push(`there is no "${mainAction}"`);
      if (main) {
        const { left, top, right, bottom } = main.getBoundingClientRect();
        if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight)
          faults.push(`${nameOf(main)} is not whole in sight: ${[left, top, right, bottom].map(Math.round)}`);
        for (const [x, y] of [
          [left + 6, top + 6],
          [right - 6, bottom - 6],
          [(left + right) / 2, (top + bottom) / 2],
        ] as const) {
          if (isCovered(main, x, y)) faults.push(`${nameOf(main)} is covered at ${Math.round(x)}, ${Math.round(y)}`);
        }
      }

      const controls = (dialog ?? document).querySelectorAll<HTMLElement>(
        'button, a.primary, a.plain, nav a, summary, input, select, textarea, [role=slider], .crop-corner',
      );
      for (const control of controls) {
        const isShown =
          control.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && control.offsetWidth > 1;
        if (!isShown) continue;
        control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
        const { left, top, width, height, right, bottom } = control.getBoundingClientRect();
        const sides = [left, top, right, bottom].map(Math.round);
        if (left < -0.5 || right > innerWidth + 0.5) faults.push(`${nameOf(control)} is cut off: ${sides}`);
        if (isCovered(control, left + width / 2, Math.min(top + height / 2, innerHeight - 1)))
          faults.push(`${nameOf(control)} is covered: ${sides}`);
        if (control.scrollWidth > control.clientWidth + 1 && !(control instanceof HTMLInputElement))
          faults.push(`the words of ${nameOf(control)} do not fit`);
        const hit = (control.closest('label') ?? control).getBoundingClientRect();
        if (isTouch && (hit.height < 43.5 || hit.width < 43.5))
          faults.push(`${nameOf(control)} is ${Math.round(hit.width)} × ${Math.round(hit.height)} px`);
      }
      scrollTo(0, 0);
      return faults;
    },
    { mainAction, isTouch },
  );
}
