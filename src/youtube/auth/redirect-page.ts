import { html, raw } from 'hono/html';

const style = `
:root { color-scheme: light dark; }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; padding: 1.2rem; font: 18px/1.5 system-ui, sans-serif; }
main { max-width: 34rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
`;

/** What a browser shows after the redirect. Runs no script and loads nothing. */
export async function redirectPage({ heading, text }: { heading: string; text: string }): Promise<string> {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${raw(style)}</style>
</head>
<body><main><h1>${heading}</h1><p>${text}</p></main></body>
</html>`;
  return String(await page);
}
