import { html, raw } from 'hono/html';
import { channelTitle } from './video-resource.ts';

type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --back: #f6f6f4; --card: #fff; --ink: #161616; --soft: #5c5c5c; --line: #dcdcd8; --mark: #b35900; }
@media (prefers-color-scheme: dark) { :root { --back: #121212; --card: #1d1d1d; --ink: #f1f1f1; --soft: #a8a8a8; --line: #333; --mark: #ffb35c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
a { color: inherit; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .8rem 1.2rem; background: var(--card); border-bottom: 1px solid var(--line); }
header a { font-weight: 700; text-decoration: none; }
.badge { padding: .1rem .6rem; border: 2px solid var(--mark); border-radius: 99px; color: var(--mark); font-weight: 800; font-size: .8rem; letter-spacing: .08em; }
.soft { color: var(--soft); font-size: .9rem; }
main { max-width: 75rem; margin: 0 auto; padding: 1.2rem; }
h1 { margin: .8rem 0 .2rem; font-size: clamp(1.2rem, 3vw, 1.7rem); line-height: 1.25; overflow-wrap: anywhere; }
video { width: 100%; max-height: 75vh; background: #000; border-radius: 12px; display: block; }
.about { display: grid; gap: 1.2rem; grid-template-columns: minmax(0, 1fr) minmax(14rem, 22rem); margin-top: 1rem; }
@media (max-width: 45rem) { .about { grid-template-columns: 1fr; } }
.about p { margin: 0; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.about figure, .card figure { margin: 0; }
figure img, .blank { width: 100%; aspect-ratio: 16 / 9; object-fit: cover; border-radius: 12px; display: block; background: #000; }
.blank { display: grid; place-items: center; background: #2b2b2b; color: #bbb; }
.pill { display: inline-block; margin-right: .5rem; padding: 0 .6rem; border: 1px solid var(--line); border-radius: 99px; font-size: .85rem; }
.consent button { padding: .6rem 1.6rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); color: var(--ink); font: inherit; font-weight: 700; cursor: pointer; }
.consent .allow { background: var(--ink); color: var(--back); }
.mistake { padding: .6rem 1rem; border: 2px solid var(--mark); border-radius: 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
.grid { display: grid; gap: 1.4rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); margin-top: 1rem; }
.card { text-decoration: none; }
.card b { display: block; margin-top: .5rem; line-height: 1.3; overflow-wrap: anywhere; }
`;

/** The frame of every page. Everything put into a template is escaped by Hono's `html`. */
export function pageFrame(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header><a href="/">${channelTitle}</a> <span class="badge">REHEARSAL</span>
<span class="soft">On this machine only. Nothing here is on YouTube.</span></header>
<main>${content}</main>
</body>
</html>`;
}

export function messagePage(title: string, text: string): Markup {
  return pageFrame(title, html`<h1>${title}</h1><p>${text}</p><p><a href="/">All videos</a></p>`);
}
