import './styles/base.css';
import './styles/board.css';
import './styles/choose.css';
import './styles/uploads.css';
import './styles/settings.css';
import './styles/published.css';
import './styles/first-start.css';
import './styles/several.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { readAbout } from './state/about.ts';
import { goLive } from './state/live.ts';
import { notifyOfNews } from './state/notifications.ts';
import { guardLeaving } from './state/reload.ts';
import { keepTitle } from './state/title.ts';
import { tellProblem } from './state/toasts.ts';
import { readUnfinished } from './uploads/unfinished.ts';

goLive();
notifyOfNews();
keepTitle();
guardLeaving();
readUnfinished().catch(tellProblem);
readAbout().catch(tellProblem);
const root = document.getElementById('app');
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
