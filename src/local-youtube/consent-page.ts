import { html } from 'hono/html';
import type { ConsentRequest } from './oauth-request.ts';
import { describeScope } from './oauth-scopes.ts';
import { pageFrame } from './page-frame.ts';
import { channelTitle } from './video-resource.ts';

/** Where a person grants or denies what a program asks for. `ticket`: which request the answer belongs to. */
export function consentPage({ scopes }: ConsentRequest, ticket: string) {
  return pageFrame(
    'Sign in (rehearsal)',
    html`<h1>A program wants to use “${channelTitle}”</h1>
<p>It asks to:</p>
<ul>${scopes.map((scope) => html`<li>${describeScope(scope)}</li>`)}</ul>
<form method="post" class="consent"><input type="hidden" name="ticket" value="${ticket}">
<button name="decision" value="allow" class="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>
<p class="soft">At Google you would choose an account and a channel before this.</p>`,
  );
}
