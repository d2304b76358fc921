import { availableParallelism } from 'node:os';
import { webhookKinds } from '../../notify/formats/index.ts';
import { address, commandLine, duration, file, name, oneOf, port, secretKey, someTime, whole, yesNo } from './kinds.ts';
import { words } from './words.ts';

export const studioSettings = {
  STUDIO_PORT: port.prefault('8089').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'The [studio](studio.md).',
  }),
  STUDIO_ON_NETWORK: yesNo.prefault('no').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: '`yes` lets [paired](studio.md#on-a-phone) devices on the network use the studio, as `--host` does.',
  }),
  NOTIFY_WEBHOOK: address('https://example.org/hook').optional().register(words, {
    changeFrom: 'machine',
    applies: 'at once',
    about:
      'Address that is [notified](studio.md#notifications) when a video waits or needs attention. It is never shown.',
    otherwise: 'none',
    example: 'https://example.org/hook',
    secret: true,
  }),
  NOTIFY_KIND: oneOf(webhookKinds).optional().register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'The service behind that address, which decides in which [form](studio.md#notifications) it is told.',
    otherwise: 'by its address',
  }),
  NOTIFY_COMMAND: commandLine.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'at once',
    about: 'Command that is run then. It is never shown.',
    secret: true,
    otherwise: 'none',
    example: 'notify-send "$NOTICE_TITLE" "$NOTICE_TEXT"',
  }),
};

export const machinesSettings = {
  MACHINES_KEY: secretKey.optional().register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about:
      'What all machines of the club share, so that each [studio](operations.md#one-studio-for-all) shows the videos of the others. `npx badminton hosts --new-key` makes one. It is never shown, and never sent.',
    otherwise: 'none: this machine shows only its own, and shows the others nothing',
    secret: true,
  }),
  MACHINES_PORT: port.prefault('8091').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'Where this machine answers the others that have its key.',
  }),
};

export const temporalSettings = {
  TEMPORAL_PORT: port.prefault('7233').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'The embedded Temporal server.',
  }),
  TEMPORAL_UI_PORT: port.prefault('8088').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: 'Its Web UI.',
  }),
  TEMPORAL_CLI: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about: 'The `temporal` command that serves as the embedded server.',
    otherwise: 'found, downloaded or built',
    example: '/usr/local/bin/temporal',
  }),
  TASK_QUEUE: name.prefault('badminton').register(words, {
    changeFrom: 'machine',
    applies: 'restart',
    about: "Task queue of the workflows. The names of a host's own queues begin with it.",
  }),
  PAYLOAD_KEY_FILE: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about:
      'File with the keys that [encrypt](operations.md#encrypted-payloads) what is stored on the Temporal server; the same on every machine.',
    otherwise: 'nothing is encrypted',
    example: '/path/to/payload-keys',
  }),
  PAYLOAD_CODEC: file.optional().register(words, {
    changeFrom: 'terminal',
    applies: 'restart',
    about: 'Module of your own that [encodes](operations.md#a-codec-of-your-own) payloads instead. Its code is run.',
    otherwise: 'none',
    example: '/path/to/codec.js',
  }),
};

const halfOfTheProcessors = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

export const workerSettings = {
  CPU_CONCURRENCY: whole(1, 64).prefault(String(halfOfTheProcessors)).register(words, {
    changeFrom: 'page',
    applies: 'restart',
    about:
      'How many recordings are ranked at a time, and how many shorter stages (probing, drawing) beside them. Other videos wait for their turn.',
    otherwise: 'half of the CPUs, 1 to 4',
    example: '2',
  }),
  HEARTBEAT_TIMEOUT: someTime.prefault('20s').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'A worker that is silent for this long is considered dead.',
  }),
  STALL_TIMEOUT: someTime.prefault('15m').register(words, {
    changeFrom: 'page',
    applies: 'at once',
    about: 'An attempt that shows no sign of work for this long, such as bytes or frames, ends and is tried again.',
  }),
  RETRY_INTERVAL: someTime.prefault('2s').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'Pause before the first retry; it doubles each time.',
  }),
  RETRY_ATTEMPTS: whole(1, 1000).prefault('5').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'Attempts at a local stage before the video needs attention.',
  }),
  UPLOAD_RETRY_ATTEMPTS: whole(1, 1000).prefault('12').register(words, {
    changeFrom: 'page',
    applies: 'new videos',
    about: 'The same for uploading, and for moving the recording to the completed folder.',
  }),
  SHUTDOWN_GRACE: duration.prefault('5s').register(words, {
    changeFrom: 'page',
    applies: 'restart',
    about: 'How long running work may take to finish after Ctrl-C.',
  }),
};
