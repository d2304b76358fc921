import { html } from 'hono/html';
import { simplePage } from './simple-page.ts';

/** What a person sees who opened, or sent from a page, what the studio does not answer. */
export const problemPage = ({ problem, action }: { readonly problem: string; readonly action?: string }) =>
  simplePage(
    'That did not work',
    html`<p>${problem}</p>
      ${action ? html`<p>${action}</p>` : ''}
      <p><a href="/">Open the studio</a></p>`,
  );
