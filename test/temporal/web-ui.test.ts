import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { blockedPorts } from '../../src/temporal/server/blocked-ports.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/temporal/server/embedded.ts';
import { writeServerRecord } from '../../src/temporal/server/record.ts';
import { openBrowser } from '../support/browser.ts';
import { childrenOf, treeOf } from '../support/children.ts';
import { atEnd, temporaryFolder } from '../support/clean-up.ts';
import { rawRequest } from '../support/raw-request.ts';
import { serverBinary } from '../support/rig.ts';

const start = (dataFolder: string, port = 0, uiPort = 0) =>
  startEmbeddedServer({ dataFolder, port, uiPort, binary: serverBinary });
const recordOf = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'temporal', 'server.json'), 'utf8'));
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the Web UI of the embedded server', () => {
  let folder: string;
  let server: EmbeddedServer;
  let client: Client;
  const stack = new AsyncDisposableStack();
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'badminton-web-ui-'));
    stack.defer(() => rm(folder, { recursive: true }));
    server = await start(folder);
    stack.defer(server.stop);
    const connection = await Connection.connect({ address: server.address });
    stack.defer(() => connection.close());
    client = new Client({ connection });
    await client.workflow.start('someWorkflow', { taskQueue: 'none', workflowId: 'some-video', args: [{ a: 'párt' }] });
  });
  after(() => stack.disposeAsync());

  test('shows workflows in a browser and does what is asked there', async (t) => {
    const browser = await openBrowser();
    atEnd(t, () => browser.close());
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('response', (answer) => answer.status() >= 400 && refused.push(`${answer.status()} ${answer.url()}`));
    await page.goto(server.uiUrl);
    await page.getByRole('link', { name: 'some-video' }).click();
    await page.getByText('Workflow Execution Started').first().waitFor();
    await page.getByText('párt').first().waitFor();
    await page.goto(`${server.uiUrl}/namespaces/default/workflows/some-video`);
    await page.getByRole('button', { name: 'Request Cancellation' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    // It has followed the run, and shows what comes without being loaded again.
    await page.getByText('Workflow Execution Cancel Requested').first().waitFor();
    assert.deepEqual(refused, []);
  });

  test('offers the whole history, as its download does', async () => {
    const { execution } = await client.workflow
      .getHandle('some-video')
      .describe()
      .then(({ raw }) => raw.workflowExecutionInfo ?? {});
    const run = `${server.uiUrl}/api/v1/namespaces/default/workflows/some-video/run/${execution?.runId}/history.json`;
    const { events } = (await (await fetch(run)).json()) as { events: { eventType: string }[] };
    assert.equal(events[0]?.eventType, 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED');
    const answer = await fetch(`${server.uiUrl}/api/v1/namespaces/default/workflows/nobody/run/x/history.json`);
    assert.ok(answer.status >= 400);
  });

  test('says in words what it refuses, and answers a person with a page', async () => {
    const port = Number(new URL(server.uiUrl).port);
    const page = await rawRequest(port, ['GET / HTTP/1.1', 'host: evil.example', 'accept: text/html']);
    assert.match(page, /^HTTP\/1.1 421 .*content-type: text\/html.*The Temporal Web UI is not known by this name/is);
    const post = ['POST /api/v1/namespaces/default/workflows/x/cancel HTTP/1.1', `host: localhost:${port}`];
    assert.match(
      await rawRequest(port, [...post, 'origin: null'], '{}'),
      /^HTTP\/1.1 403 .*Another website may not use/s,
    );
    assert.match(await rawRequest(port, [...post, `origin: http://localhost:${port}`], '{}'), /^HTTP\/1.1 404 /);
  });

  test('keeps the name of the API to itself', () => {
    const { api } = recordOf(folder);
    assert.match(api.host, /^[0-9a-f]{48}\.invalid$/);
    assert.equal(statSync(path.join(folder, 'temporal', 'server.json')).mode & 0o777, 0o600);
    assert.ok(!readFileSync(path.join(folder, 'temporal', 'server.log'), 'utf8').includes(api.host));
  });

  test('what serves its pages may die, and nothing else does', async () => {
    assert.equal((await fetch(server.uiUrl)).status, 200);
    const { pid } = recordOf(folder);
    const [pages = 0] = childrenOf(process.pid).filter((child) => child !== pid && treeOf(child).length > 1);
    for (const one of treeOf(pages)) process.kill(one, 'SIGKILL');
    for (let status = 0; status !== 200; await sleep(100)) ({ status } = await fetch(server.uiUrl));
    assert.ok(isAlive(pid));
  });

  test('ends with the server, and all that it started', async () => {
    assert.equal((await fetch(server.uiUrl)).status, 200);
    const all = childrenOf(process.pid).flatMap(treeOf);
    assert.ok(all.length >= 3, 'the server, and what serves the pages');
    await stack.disposeAsync();
    await assert.rejects(fetch(server.uiUrl));
    for (const pid of all) assert.ok(!isAlive(pid), String(pid));
  });
});

test('a server that an earlier version left running is ended, because its Web UI answers whoever asks', async (t) => {
  const folder = await temporaryFolder(t);
  const old = await start(folder);
  const { api: _, ...record } = recordOf(folder);
  writeServerRecord(folder, record);
  const now = await start(folder);
  atEnd(t, now.stop);
  assert.ok(!isAlive(record.pid));
  assert.notEqual(recordOf(folder).pid, record.pid);
  assert.equal((await fetch(`${now.uiUrl}/api/v1/namespaces`)).status, 200);
  // Its server is gone already.
  await old.stop().catch(() => undefined);
});

test('what serves the pages ends with a program that is killed', async (t) => {
  const folder = await temporaryFolder(t);
  const program = fork(new URL('./serves-web-ui.ts', import.meta.url), [folder], { silent: true });
  const [{ pages, serverPid }] = (await once(program, 'message')) as [{ pages: number[]; serverPid: number }];
  atEnd(t, () => process.kill(serverPid, 'SIGKILL'));
  assert.ok(pages.length >= 2);
  program.kill('SIGKILL');
  for (let look = 0; pages.some(isAlive); look += 1, await sleep(50)) assert.ok(look < 100, 'still there');
  assert.ok(isAlive(serverPid), 'it is adopted by the next one');
});

test('a browser connects to none of the blocked ports', async (t) => {
  const browser = await openBrowser();
  atEnd(t, () => browser.close());
  for (const port of blockedPorts) {
    const page = await browser.newPage();
    await assert.rejects(page.goto(`http://localhost:${port}/`), /ERR_UNSAFE_PORT/, String(port));
  }
});
