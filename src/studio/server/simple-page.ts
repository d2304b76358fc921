import { html } from 'hono/html';

type Markup = ReturnType<typeof html>;

/** A page without scripts, for pairing and refusals. Hono's `html` escapes everything put into it. */
export function simplePage(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/assets/studio.css">
</head>
<body class="simple"><main><h1>${title}</h1>${content}</main></body>
</html>`;
}
