import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findServiceManager } from '../../src/service/index.ts';
import { parsePrint } from '../../src/service/launchd/print.ts';
import { propertyListText } from '../../src/service/launchd/property-list.ts';
import { lastingNode, type ServicePlan, serviceSearchPath, unusablePath } from '../../src/service/plan.ts';
import { parseShow } from '../../src/service/systemd/show.ts';
import { unitText } from '../../src/service/systemd/unit.ts';
import { askForRestart, recognizeService, runsAsService } from '../../src/service/this-process.ts';
import { temporaryFolder } from '../support/clean-up.ts';
import { launcher } from '../support/program.ts';
import { oddNames } from './odd-names.ts';

const planIn = (folder: string): ServicePlan => ({
  node: `${folder}/node`,
  launcher: `${folder}/bin/badminton.js`,
  folder,
  searchPath: `${folder}/tools:/usr/bin`,
  stopSeconds: 50,
});

describe('the unit and the property list', () => {
  it('pass what systemd itself checks, whatever the names', async (t) => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return t.skip('there is no systemd-analyze');
    const root = await temporaryFolder(t);
    const units = oddNames.map((name, index) => {
      const folder = path.join(root, name);
      mkdirSync(folder);
      const file = path.join(root, `unit-${index}.service`);
      writeFileSync(file, unitText(planIn(folder)));
      return file;
    });
    const environment = { ...process.env, XDG_RUNTIME_DIR: root };
    const verify = (...files: string[]) =>
      spawnSync('systemd-analyze', ['--user', 'verify', ...files], { env: environment, encoding: 'utf8' });
    const { status, stderr } = verify(...units);
    assert.deepEqual([status, stderr], [0, '']);
    const [wrong = ''] = units;
    writeFileSync(wrong, readFileSync(wrong, 'utf8').replace('WorkingDirectory=', 'WorkingDirectory=not/'));
    assert.match(verify(wrong).stderr, /not absolute/);
  });

  it('are read by a parser of property lists as they were meant, whatever the names', async (t) => {
    const read = parserOfPropertyLists();
    if (!read) return t.skip('there is neither plutil nor Python');
    const root = await temporaryFolder(t);
    for (const name of oddNames) {
      const plan = planIn(`/clubs/${name}`);
      const file = path.join(root, 'agent.plist');
      writeFileSync(file, propertyListText(plan, `/logs/${name}`));
      assert.deepEqual(read(file), {
        Label: 'local.cafe-badminton',
        ProgramArguments: [plan.node, plan.launcher, 'up'],
        WorkingDirectory: plan.folder,
        EnvironmentVariables: { PATH: plan.searchPath, CAFE_BADMINTON_SERVICE: 'launchd' },
        RunAtLoad: true,
        KeepAlive: true,
        ExitTimeOut: 50,
        StandardOutPath: `/logs/${name}`,
        StandardErrorPath: `/logs/${name}`,
      });
    }
  });

  it('start what npm start starts', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(launcher, '../../package.json'), 'utf8'));
    assert.equal(scripts.start, 'node bin/badminton.js up');
    assert.match(unitText(planIn('/p')), / "\/p\/node" "\/p\/bin\/badminton.js" "up"$/m);
  });

  it('cannot hold a control character', () => {
    assert.equal(unusablePath(planIn('/a b')), undefined);
    assert.equal(unusablePath({ ...planIn('/a'), folder: '/two\nlines' }), '/two\nlines');
  });

  it('name the Node that an update leaves in its place, and no folder that is there for this shell only', async (t) => {
    const folder = await temporaryFolder(t);
    const [shell, npm] = [path.join(folder, 'bin'), path.join(folder, 'node_modules/.bin')];
    const fnm = path.join(folder, 'fnm_multishells/1_2/bin');
    for (const place of [shell, npm, fnm]) {
      mkdirSync(place, { recursive: true });
      symlinkSync(process.execPath, path.join(place, 'node'));
    }
    const searchPath = [npm, fnm, 'relative', shell, '/usr/lib/node_modules/npm/bin/node-gyp-bin', shell, ''].join(':');
    assert.equal(lastingNode(process.execPath, searchPath), path.join(shell, 'node'));
    assert.equal(lastingNode(process.execPath, '/nowhere'), process.execPath);
    assert.equal(serviceSearchPath(searchPath, '/opt/node/bin/node'), `${shell}:/opt/node/bin`);
  });
});

describe('the state of the service', () => {
  const shown = (state: string, sub: string, pid: number, code = 0, status = 0) =>
    parseShow(
      `ActiveState=${state}\nSubState=${sub}\nMainPID=${pid}\nExecMainCode=${code}\nExecMainStatus=${status}\n`,
    );

  it('is what systemctl show says', () => {
    assert.deepEqual(shown('active', 'running', 7), { activity: 'running', pid: 7 });
    assert.deepEqual(shown('activating', 'auto-restart', 0, 1, 1), { activity: 'restarting', lastEnd: 'exit code 1' });
    assert.deepEqual(shown('deactivating', 'stop-sigterm', 7), { activity: 'stopping', pid: 7 });
    assert.deepEqual(shown('failed', 'failed', 0, 2, 9), { activity: 'failed', lastEnd: 'signal 9' });
    assert.deepEqual(shown('inactive', 'dead', 0), { activity: 'stopped' });
  });

  it('is what launchctl print says', () => {
    const head =
      'gui/501/local.cafe-badminton = {\n\tactive count = 1\n\tpath = /Users/a/b.plist\n\ttype = LaunchAgent\n';
    const ports = '\tendpoints = {\n\t\tpid = 99\n\t\tstate = active\n\t}\n}\n';
    const running = '\tstate = running\n\n\truns = 1\n\tpid = 4711\n\tlast exit code = (never exited)\n';
    assert.deepEqual(parsePrint(`${head}${running}${ports}`), { activity: 'running', pid: 4711 });
    const ended = '\tstate = spawn scheduled\n\truns = 3\n\tlast exit code = 78: EX_CONFIG\n';
    assert.deepEqual(parsePrint(`${head}${ended}${ports}`), { activity: 'restarting', lastEnd: 'exit code 78' });
    assert.deepEqual(parsePrint(`${head}\tstate = not running\n\tlast terminating signal = Killed: 9\n${ports}`), {
      activity: 'restarting',
      lastEnd: 'signal Killed: 9',
    });
  });
});

describe('this process', () => {
  it('asks for a restart only where something starts it again, and does not pass the mark on', () => {
    const environment = { CAFE_BADMINTON_SERVICE: 'launchd', PATH: '/bin' };
    recognizeService(environment);
    assert.deepEqual([runsAsService(), Object.keys(environment)], ['launchd', ['PATH']]);
    recognizeService(environment);
    assert.equal(runsAsService(), undefined);
    assert.throws(askForRestart, /does not run as a service/);
  });
});

describe('a launchd agent', () => {
  it('is loaded, restarted gently and unloaded', async (t) => {
    const { home, environment, commands } = await withStandIn(t, 'launchctl', launchctl);
    const agent = (await findServiceManager(environment, 'darwin', 501)) ?? assert.fail();
    const text = agent.textFor(planIn('/the club'));
    await agent.install(text);
    const file = path.join(home, 'Library/LaunchAgents/local.cafe-badminton.plist');
    assert.equal(readFileSync(file, 'utf8'), text);
    const target = 'gui/501/local.cafe-badminton';
    const loading = [`enable ${target}`, `bootstrap gui/501 ${file}`];
    assert.deepEqual(commands(), loading);
    assert.deepEqual([agent.installed()?.folder, agent.installed()?.node], ['/the club', '/the club/node']);
    assert.deepEqual(await agent.state(), { activity: 'running', pid: 4711 });
    await agent.install(text);
    assert.deepEqual(commands(), [`kickstart ${target}`]);
    await agent.install(agent.textFor(planIn('/another')));
    assert.deepEqual(commands(), [`bootout ${target}`, ...loading]);
    await agent.restart();
    assert.deepEqual(commands(), [`kill SIGTERM ${target}`]);
    await agent.uninstall();
    assert.deepEqual([commands(), existsSync(file)], [[`bootout ${target}`], false]);
    assert.deepEqual(await agent.state(), { activity: 'stopped' });
  });

  it('needs a session on the screen', async (t) => {
    const refuses = 'echo "Bootstrap failed: 125: Domain does not support specified action" >&2; exit 125';
    const { environment } = await withStandIn(t, 'launchctl', refuses);
    const agent = await findServiceManager(environment, 'darwin', 501);
    await assert.rejects(
      agent?.start() ?? assert.fail(),
      /^ServiceError: launchd cannot be reached: .*125.*\nLog in on the screen/,
    );
  });
});

describe('npx badminton service', () => {
  const service = (environment: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [launcher, 'service', ...args], { env: environment, encoding: 'utf8' });

  it('says where there is neither systemd nor launchd', { skip: process.platform !== 'linux' }, async (t) => {
    const folder = await temporaryFolder(t);
    const { status, stderr } = service({ HOME: folder, PATH: folder }, 'install');
    assert.deepEqual([status, stderr.split(':')[0]], [2, 'Neither systemd nor launchd is here']);
  });

  it('says what to do where the session of the user cannot be reached, and installs nothing', {
    skip: process.platform !== 'linux',
  }, async (t) => {
    const refuses = '[ "$1" = --version ] && exit 0; echo "Failed to connect to bus: No medium found" >&2; exit 1';
    const { home, environment } = await withStandIn(t, 'systemctl', refuses);
    const { status, stderr } = service({ ...environment }, 'install');
    assert.equal(status, 1);
    assert.match(stderr, /cannot be reached: Failed to connect to bus: No medium found\n.*enable-linger/);
    assert.equal(existsSync(path.join(home, '.config')), false);
  });

  it('leaves the service of another folder alone unless it is told to replace it', {
    skip: process.platform !== 'linux',
  }, async (t) => {
    const { home, environment, commands } = await withStandIn(t, 'systemctl', 'echo "$*" >>commands');
    const shell = { ...environment, XDG_CONFIG_HOME: path.join(home, 'config'), BADMINTON_STUDIO_PORT: '7' };
    const file = path.join(home, 'config/systemd/user/cafe-badminton.service');
    const others = unitText(planIn('/an/other club'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, others);
    for (const command of ['install', 'stop', 'uninstall']) {
      const { status, stderr } = service(shell, command);
      assert.equal(status, 2);
      assert.match(stderr, /that of another folder: \/an\/other club\n/);
    }
    assert.equal(readFileSync(file, 'utf8'), others);
    assert.doesNotMatch(commands().join('\n'), /stop|start|disable/);

    const forced = service(shell, 'install', '--force', '--json');
    assert.deepEqual([forced.status, JSON.parse(forced.stdout).change], [0, 'updated']);
    assert.match(forced.stderr, /does not see what is set in this shell: BADMINTON_STUDIO_PORT\n/);
    const changes = commands().filter((line) => !/show|--version/.test(line));
    const unit = 'cafe-badminton.service';
    assert.deepEqual(changes, ['--user daemon-reload', `--user enable ${unit}`, `--user restart ${unit}`]);
    assert.doesNotMatch(readFileSync(file, 'utf8'), /other club|STUDIO_PORT/);
    assert.equal(JSON.parse(service(shell, 'install', '--json').stdout).change, 'unchanged');
  });
});

/** A foreign command that is not on every machine: a script in its place, which also writes down how it was called. */
async function withStandIn(t: TestContext, name: string, script: string) {
  const home = await temporaryFolder(t);
  const tools = path.join(home, 'tools');
  const log = path.join(home, 'commands');
  mkdirSync(tools);
  writeFileSync(path.join(tools, name), `#!/bin/sh\ncd "${home}"\n${script}\n`);
  chmodSync(path.join(tools, name), 0o755);
  const environment = { HOME: home, PATH: `${tools}:/usr/bin:/bin` };
  /** Since the last call of this. */
  const commands = () => {
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    writeFileSync(log, '');
    return lines.filter(Boolean);
  };
  return { home, environment, commands };
}

/** Knows whether the agent is loaded, and answers for it. */
const launchctl = `
case $1 in
  print) [ "$2" = gui/501 ] || { [ -e loaded ] && printf '\\tstate = running\\n\\tpid = 4711\\n' || exit 113; }; exit ;;
  bootstrap) touch loaded ;;
  bootout) rm loaded ;;
esac
echo "$*" >>commands`;

function parserOfPropertyLists(): ((file: string) => unknown) | undefined {
  const script = 'import json, plistlib, sys; print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))';
  const parsers = [
    ['plutil', ['-convert', 'json', '-o', '-']],
    ['python3', ['-c', script]],
  ] as const;
  const [name, args] = parsers.find(([command]) => spawnSync(command, ['-help']).error === undefined) ?? [];
  if (!name || !args) return undefined;
  return (file) => JSON.parse(spawnSync(name, [...args, file], { encoding: 'utf8' }).stdout);
}
