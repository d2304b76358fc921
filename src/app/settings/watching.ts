import { listenAddress, oneOf } from './kinds.ts';
import { words } from './words.ts';

export const watchingSettings = {
  METRICS: listenAddress.optional().register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'Where [metrics](observability.md) are served in the form of Prometheus, under `/metrics`.',
    otherwise: 'none are served',
    example: '127.0.0.1:9464',
  }),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).prefault('info').register(words, {
    changeFrom: 'page',
    applies: 'restart',
    about: 'How much is logged.',
  }),
  LOG_FORMAT: oneOf(['auto', 'json', 'text']).prefault('auto').register(words, {
    changeFrom: 'page',
    applies: 'restart',
    about: '`json` for programs, `text` for people; `auto`: text in a terminal, else JSON.',
  }),
};
