import { Argument, Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { matchTypes } from '../domain/match.ts';
import { privacies } from '../domain/privacy.ts';
import { stages } from '../domain/stages.ts';
import { videoPriorities } from '../domain/video-priority.ts';
import { parseSize, type Size, sizeRule } from '../thumbnail/output-size.ts';

/** The command line. Each command's module is loaded only when it runs, so that quick commands stay quick. */
export function createProgram() {
  const program = new Command('badminton')
    .description('From match recordings to published YouTube videos: prepare, rank, select, enhance, upload, cleanup.')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(badminton --help says more)')
    // An option after a subcommand, as in `auth status --json`, belongs to the subcommand.
    .enablePositionalOptions()
    .exitOverride();

  const json = () => new Option('--json', 'one JSON document on standard output');
  const top = () => new Option('--top <count>', 'how many candidates to rank').argParser(wholeNumber);
  const template = () => new Option('--template <name>', 'thumbnail design');
  const frame = () => new Option('--frame <number|name>', 'a ranked candidate: its number, or its file');
  const at = () => new Option('--at <seconds>', 'any moment of the recording').argParser(nonNegative);
  const best = () => new Option('--best', 'the best candidate');
  const yes = () => new Option('--yes', 'do not ask');
  const onNetwork = () => new Option('--host', 'let paired devices on the local network use the studio too');
  const idHelp = "the video's id, the start of it, or the recording's name";

  program
    .command('up')
    .description('everything in this terminal: server, worker, input folder, studio, local YouTube (npm start)')
    .addOption(onNetwork())
    .action(async (options) => (await import('./commands/up.ts')).up(options));

  program
    .command('demo')
    .description('the whole job on a sample match or on your own recordings; stops when done (npm run demo)')
    .argument('[files...]', 'recordings')
    .addOption(new Option('--wait <seconds>', 'how long a person has to choose').argParser(nonNegative).default(5))
    .addOption(top())
    .addOption(template())
    .option('--keep', 'keep running until Ctrl-C, to look around')
    .addOption(json())
    .action(async (files, options) => (await import('./commands/demo.ts')).demo(files, options));

  program
    .command('start')
    .description('start a video for each given recording, or for each one in the input folder')
    .argument('[files...]', 'recordings')
    .option('--all', 'every recording of the input folder that is not yet a video; asks first')
    .addOption(yes())
    .addOption(top())
    .addOption(template())
    .addOption(new Option('--priority <priority>', 'which videos are ranked first').choices(videoPriorities))
    .addOption(json())
    .action(async (files, options) => (await import('./commands/start.ts')).start(files, options));

  program
    .command('worker')
    .description("run this machine's worker, without a server of its own")
    .action(async () => (await import('./commands/worker.ts')).worker());

  program
    .command('studio')
    .description('serve only the studio, the page for choosing; `npm start` serves it too')
    .addOption(onNetwork())
    .option('--no-open', 'do not open the browser')
    .action(async (options) => (await import('./commands/studio.ts')).studio(options));

  program
    .command('pending')
    .description('the videos waiting for a person to choose')
    .addOption(json())
    .action(async (options) => (await import('./commands/pending.ts')).pending(options));

  program
    .command('list')
    .description('all videos and their stages')
    .addOption(json())
    .action(async (options) => (await import('./commands/list.ts')).list(options));

  program
    .command('status')
    .description('one video: stage, progress, attempts, last error, and what happens next')
    .argument('<id>', idHelp)
    .option('--watch', 'follow it until it ends')
    .addOption(json())
    .action(async (id, options) => (await import('./commands/status.ts')).status(id, options));

  program
    .command('select')
    .description('choose the frame for the thumbnail; without a choice, open the studio at the video')
    .argument('<id>', idHelp)
    .addOption(frame())
    .addOption(at())
    .addOption(best())
    .addOption(template())
    .option('--theme <name>', 'thumbnail colours')
    .option('--undo', 'undo the choice, as long as it is not being carried out')
    .option('--ask', 'show the candidates and ask in this terminal')
    .option('--no-open', 'open nothing; print the address, or the picture files')
    .addOption(json())
    .action(async (id, options) => (await import('./commands/select.ts')).select(id, options));

  program
    .command('correct')
    .description('correct what is said about a match, until it is published')
    .argument('<id>', idHelp)
    .addOption(new Option('--type <type>', 'match type').choices(matchTypes))
    .option('--teams <teams>', 'both teams, such as "Khanh/Leo vs Huy/Viet"')
    .option('--tournament <name>', 'tournament')
    .option('--title <text>', 'title of the video')
    .option('--description <text>', 'description of the video')
    .option('--date <YYYY-MM-DD>', 'day the match was played')
    .addOption(new Option('--privacy <privacy>', 'who may see it').choices(['public', 'unlisted', 'private']))
    .option('--publish-at <time>', 'when it becomes public, such as "2026-12-01 18:00", or "now"')
    .addOption(json())
    .action(async (id, options) => (await import('./commands/correct.ts')).correct(id, options));

  program
    .command('revise')
    .description('change a match that is published; without a change, show what is on the channel')
    .argument('<id>', idHelp)
    .option('--title <text>', 'title of the video')
    .option('--description <text>', 'description of the video')
    .addOption(new Option('--privacy <privacy>', 'who may see it').choices(privacies))
    .option('--playlist <title>', 'playlist of the channel that it is moved to; "" for none')
    .option('--publish-at <time>', 'when it becomes public, while it is still scheduled: "2026-12-01 18:00", or "now"')
    .addOption(new Option('--frame <number|name>', 'thumbnail from a ranked candidate: its number, or its file'))
    .addOption(new Option('--at <seconds>', 'thumbnail from any moment of the recording').argParser(nonNegative))
    .addOption(template())
    .option('--theme <name>', 'thumbnail colours')
    .addOption(new Option('--crop <x,y,w,h>', 'part of the frame, as shares of it: 0.2,0,0.6,1').argParser(cropShares))
    .option('--put-back', 'undo the last revision')
    .option('--force', 'overwrite what somebody changed on YouTube')
    .option('--cost', 'change nothing; show what would change, and what it costs')
    .addOption(
      new Option('--retry', 'wait for the revision that is running; one that sleeps tries now').conflicts('stop'),
    )
    .option('--stop', 'stop the revision that is running')
    .addOption(json())
    .action(async (id, options) => (await import('./commands/revise.ts')).revise(id, options));

  program
    .command('publish-rehearsed')
    .description(
      'publish rehearsed videos of this machine on the real YouTube, as they were rehearsed; without ids, list them',
    )
    .argument('[ids...]', idHelp)
    .option('--all', 'every rehearsed video; asks first')
    .addOption(yes())
    .addOption(json())
    .action(async (ids, options) =>
      (await import('./commands/publish-rehearsed.ts')).publishRehearsedVideos(ids, options),
    );

  program
    .command('cancel')
    .description('stop videos; what was published stays published')
    .argument('[ids...]', idHelp)
    .option('--all', 'every video that has not ended; asks first')
    .addOption(new Option('--stage <stage>', 'those in this stage; asks first').choices(stages))
    .addOption(yes())
    .addOption(json())
    .action(async (ids, options) => (await import('./commands/cancel.ts')).cancel(ids, options));

  program
    .command('retry')
    .description('resume videos that need attention, once the problem is fixed, or that wait for a later time')
    .argument('[ids...]', idHelp)
    .option(
      '--send-again',
      'send it again: the outcome of its upload is unknown, or its video failed, and you have seen that it is not on the channel',
    )
    .option('--machine <name>', 'of several machines that have the recording, the one whose is meant: its name or id')
    .option('--all', 'every video that needs attention or waits for a later time; asks first')
    .addOption(
      new Option('--stage <stage>', 'those of them that could not continue in this stage; asks first').choices(stages),
    )
    .addOption(yes())
    .addOption(json())
    .action(async (ids, options) => (await import('./commands/retry.ts')).retry(ids, options));

  program
    .command('run')
    .description('all stages of one recording in this terminal, without Temporal')
    .argument('<file>', 'recording')
    .addOption(top())
    .addOption(template())
    .addOption(frame())
    .addOption(at())
    .addOption(best())
    .addOption(json())
    .action(async (file, options) => (await import('./commands/run.ts')).run(file, options));

  program
    .command('stage')
    .description('a single stage')
    .addArgument(new Argument('<stage>').choices(['prepare', 'rank', 'select', 'enhance', 'upload', 'cleanup']))
    .argument('<file>', 'recording')
    .addOption(top())
    .addOption(template())
    .addOption(frame())
    .addOption(at())
    .addOption(best())
    .addOption(
      new Option('--sheet <file.jpg>', 'rank: also draw a contact sheet of the candidates').argParser(jpegFile),
    )
    .addOption(json())
    .action(async (name, file, options) => (await import('./commands/stage.ts')).stage(name, file, options));

  const settingName = 'its name, such as BADMINTON_CLUB_NAME';
  const settings = program
    .command('settings')
    .description('all settings, their values, and where each comes from')
    .addOption(json())
    .action(async (options) => (await import('./commands/settings.ts')).showSettings(options));
  settings
    .command('set')
    .description('keep a value in settings.json of the data folder; the environment and .env take precedence')
    .argument('<name>', settingName)
    .argument('<value>', 'as it would be written in the environment')
    .addOption(yes())
    .addOption(json())
    .action(async (name, value, options) => (await import('./commands/settings.ts')).setSetting(name, value, options));
  settings
    .command('unset')
    .description('take a value out of settings.json')
    .argument('<name>', settingName)
    .addOption(yes())
    .addOption(json())
    .action(async (name, options) => (await import('./commands/settings.ts')).unsetSetting(name, options));

  const rehearse = () => new Option('--rehearse', 'use the local YouTube instead of Google');
  const auth = program
    .command('auth')
    .description('sign in to YouTube in a browser, on this machine or on another one')
    .option('--no-open', 'do not open the browser')
    .addOption(rehearse())
    .addOption(json())
    .action(async (options) => (await import('./commands/auth.ts')).auth(options));
  auth
    .command('status')
    .description('who is signed in, and whether the sign-in works')
    .addOption(rehearse())
    .addOption(json())
    .action(async (options) => (await import('./commands/auth-status.ts')).authStatus(options));
  auth
    .command('revoke')
    .description('revoke the sign-in, at Google and here')
    .addOption(rehearse())
    .addOption(json())
    .action(async (options) => (await import('./commands/auth-revoke.ts')).authRevoke(options));

  program
    .command('preview')
    .description('a thumbnail from a picture and a name, without a recording')
    .argument('<image>', 'picture, such as a frame of a match')
    .requiredOption('--name <recording>', 'name of a recording, such as "md_HuyzVietvsThezLeo_Friendly Game.mov"')
    .addOption(new Option('--out <file.jpg>', 'where to write it').argParser(jpegFile).makeOptionMandatory())
    .addOption(template())
    .option('--theme <name>', 'colours; by default those of the tournament')
    .addOption(new Option('--size <WxH>', 'pixels, such as 1920x1080').argParser(pictureSize))
    .addOption(
      new Option('--crop <x,y,w,h>', 'part of the picture, as shares of it: 0.2,0,0.6,1').argParser(cropShares),
    )
    .addOption(new Option('--grade <look>', 'auto, or the old look: classic').choices(['auto', 'classic']))
    .option('--date <YYYY-MM-DD>', 'day of the recording')
    .addOption(
      new Option('--all', 'draw every template in every theme on one sheet').conflicts(['template', 'theme', 'size']),
    )
    .addOption(new Option('--watch', 'draw again whenever the picture or the design changes').conflicts('json'))
    .addOption(json())
    .action(async (image, options) => (await import('./commands/preview.ts')).preview(image, options));

  program
    .command('replay')
    .description('check that this version of the workflow follows histories that were begun earlier; changes nothing')
    .argument('<id|file...>', "videos, or files that 'temporal workflow show --output json' has written")
    .addOption(json())
    .action(async (names, options) => (await import('./commands/replay.ts')).replayHistories(names, options));

  const service = program
    .command('service')
    .description('keeps `npm start` running without a terminal: systemd on Linux, launchd on macOS');
  service
    .command('install')
    .description('install and start it, or adapt it to this Node and these settings; keeps running after a crash')
    .option('--force', 'also where the service is that of another folder')
    .addOption(json())
    .action(async (options) => (await import('./commands/service-install.ts')).installService(options));
  service
    .command('status')
    .description('whether it runs, which program, and since when')
    .addOption(json())
    .action(async (options) => (await import('./commands/service-status.ts')).serviceStatus(options));
  service
    .command('logs')
    .description('what it would have shown in a terminal')
    .option('-f, --follow', 'follow it until Ctrl-C')
    .addOption(new Option('-n, --lines <count>', 'how many of the last lines').argParser(lineCount).default(50))
    .action(async (options) => (await import('./commands/service-logs.ts')).serviceLogs(options));
  const controls = {
    start: 'start it',
    stop: 'stop it gently, until the next login or `service start`',
    restart: 'stop it gently and start it: after an update, or for new settings',
  } as const;
  for (const [verb, description] of Object.entries(controls) as [keyof typeof controls, string][]) {
    service
      .command(verb)
      .description(description)
      .addOption(json())
      .action(async (options) => (await import('./commands/service-control.ts')).controlService(verb, options));
  }
  service
    .command('uninstall')
    .description('stop and remove it; recordings, data and settings stay')
    .addOption(json())
    .action(async (options) => (await import('./commands/service-uninstall.ts')).uninstallService(options));

  program
    .command('hosts')
    .description('the machines that share the videos: version, since when, free disk, and what runs there')
    .option('--new-key', 'make a key with which their studios show the videos of each other')
    .addOption(json())
    .action(async (options) => (await import('./commands/hosts.ts')).hosts(options));

  program
    .command('doctor')
    .description('what is wrong on this machine, and what to do')
    .addOption(json())
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

  for (const command of program.commands) command.exitOverride();
  return program;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 50) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 50.');
}

function lineCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 100_000) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 100000.');
}

function pictureSize(text: string): Size {
  const size = parseSize(text);
  if (size) return size;
  throw new InvalidArgumentError(`It must be ${sizeRule}.`);
}

function cropShares(text: string): { x: number; y: number; width: number; height: number } {
  const numbers = text.split(',').map(Number);
  const [x = -1, y = -1, width = -1, height = -1] = numbers;
  const isInside = Math.min(x, y) >= 0 && Math.min(width, height) >= 0.02 && Math.max(x + width, y + height) <= 1;
  if (numbers.length === 4 && isInside) return { x, y, width, height };
  throw new InvalidArgumentError('It must be left, top, width and height as shares of the picture, from 0 to 1.');
}

function jpegFile(text: string): string {
  if (/\.jpe?g$/i.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a .jpg file.');
}

function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It must be a number of seconds, such as 12.5.');
}
