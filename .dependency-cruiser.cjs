/**
 * The arrows of docs/architecture.md:
 *   domain ← workspace, media, pose, youtube, thumbnail ← stages ← temporal activities ← composition root ← cli
 *   the studio's server stands beside the activities, its page knows only the server's types
 */
const layer = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer('no-circular', {}, { circular: true }, 'A circle of files cannot be understood one by one.'),
    layer(
      'domain-is-pure',
      { path: '^src/domain' },
      { pathNot: ['^src/domain', '^node_modules/zod'] },
      'The domain knows nothing but itself and the schema library.',
    ),
    layer(
      'workflows-are-deterministic',
      {
        path: '^src/temporal/(workflows|workflow-tracing|workflow-changes|activity-options|activity-types|names|payloads/failure-converter)',
      },
      {
        pathNot: [
          '^src/domain',
          '^src/temporal/(workflows|workflow-changes|activity-options|activity-types|names)',
          '^node_modules/@temporalio/(workflow|common)',
          '^node_modules/(@temporalio/interceptors-opentelemetry/lib/(workflow|instrumentation)|@opentelemetry/api)',
        ],
      },
      'Workflow code runs in a sandbox: no Node module, and activities by type only.',
    ),
    layer(
      'media-stands-alone',
      { path: '^src/media' },
      { path: '^src', pathNot: '^src/(media|child|async|domain/(errors|picture-not-written))' },
      'Media knows recordings, nothing of the program around it.',
    ),
    layer(
      'sample-match-needs-only-media',
      { path: '^src/sample-match' },
      { path: '^src', pathNot: '^src/(sample-match|media|child)' },
      'The drawn match is a recording like any other: it knows how to write one, and nothing of what is done with it.',
    ),
    layer(
      'pose-stands-alone',
      { path: '^src/pose' },
      { path: '^src', pathNot: '^src/(pose|child|domain/errors)' },
      'The pose model knows pictures, nothing of matches.',
    ),
    layer(
      'child-stands-alone',
      { path: '^src/child' },
      { path: '^src', pathNot: '^src/(child|tracing/span|domain/errors)' },
      'Running a task in a child process is the same whatever the task.',
    ),
    layer(
      'only-pose-knows-tensorflow',
      { pathNot: '^(src|test)/pose' },
      { path: '^node_modules/(@tensorflow|@vladmandic)' },
      'The pose model stays behind src/pose.',
    ),
    layer(
      'youtube-stands-alone',
      { path: '^src/youtube' },
      {
        path: '^src',
        pathNot: '^src/(youtube|http|domain/(errors|quota|privacy)|workspace/(atomic-file|process-lock))',
      },
      'YouTube knows neither media nor Temporal, and of the workspace only how to write and lock a file.',
    ),
    layer(
      'local-youtube-stands-alone',
      { path: '^src/local-youtube' },
      { path: '^src', pathNot: '^src/(local-youtube|http|log|domain/errors)' },
      'The local YouTube is a server of its own: what it shares with the client would hide a mistake of both.',
    ),
    layer(
      'resumable-stands-alone',
      { path: '^src/youtube/resumable' },
      { path: '^(src|node_modules)', pathNot: '^src/youtube/resumable' },
      'The resumable protocol is the same whoever speaks it, and needs nothing but Node.',
    ),
    layer(
      'resumable-has-one-face',
      { path: '^src', pathNot: '^src/youtube/resumable' },
      { path: '^src/youtube/resumable', pathNot: '^src/youtube/resumable/index' },
      'Others use src/youtube/resumable/index.ts.',
    ),
    layer(
      'thumbnail-stands-alone',
      { path: '^src/thumbnail' },
      { path: '^src', pathNot: '^src/(thumbnail|child|async|domain)' },
      'The renderer draws what it is given.',
    ),
    layer(
      'contact-sheet-stands-alone',
      { path: '^src/contact-sheet' },
      { path: '^src', pathNot: '^src/(contact-sheet|thumbnail|child|domain)' },
      'The contact sheet draws what it is given, with the pens of the thumbnail.',
    ),
    layer(
      'workspace-stands-alone',
      { path: '^src/workspace' },
      { path: '^src', pathNot: '^src/(workspace|domain)' },
      'The workspace keeps records, whatever they are.',
    ),
    layer(
      'stages-without-temporal',
      { path: '^src/stages' },
      { path: ['^src/(temporal|cli|demo|intake|app)', '^node_modules/@temporalio'] },
      'A stage runs with Temporal and without.',
    ),
    layer(
      'only-media-knows-ffmpeg',
      { pathNot: '^((src|test)/media|bench)' },
      { path: '^node_modules/node-av' },
      'FFmpeg stays behind src/media.',
    ),
    layer(
      'cli-speaks-through-the-client',
      { path: '^src/(cli|demo|intake)' },
      {
        path: [
          '^src/temporal/(workflows|activities|activity-options)',
          '^node_modules/@temporalio/(worker|workflow|activity)',
        ],
      },
      'Commands speak to Temporal through src/temporal/client.',
    ),
    layer(
      'config-at-the-composition-root',
      { path: '^src', pathNot: '^src/(app|cli)' },
      { path: '^src/app' },
      'Options are handed in; only the composition root, and the commands over it, read settings.',
    ),
    layer(
      'async-stands-alone',
      { path: '^src/async' },
      { path: '^src', pathNot: '^src/async' },
      'Waiting is the same whatever is waited for.',
    ),
    layer(
      'http-stands-alone',
      { path: '^src/http' },
      { path: '^src', pathNot: '^src/http' },
      'Answering requests is the same whatever is served.',
    ),
    layer(
      'tracing-stands-alone',
      { path: '^src/tracing' },
      { path: '^src', pathNot: '^src/tracing' },
      'A step of a trace is the same whatever is done.',
    ),
    layer(
      'only-tracing-loads-opentelemetry',
      { path: '^src', pathNot: '^src/(tracing/(open-telemetry|http)|temporal/workflow-tracing)' },
      { path: '^node_modules/@opentelemetry', dependencyTypesNot: ['type-only'] },
      'Without a collector nothing of it is loaded: src/app/tracing.ts imports it when one is named.',
    ),
    layer(
      'service-stands-alone',
      { path: '^src/service' },
      { path: '^src', pathNot: '^src/(service|child/child-environment)' },
      'Keeping a program running is the same whatever it does.',
    ),
    layer(
      'log-stands-alone',
      { path: '^src/log' },
      { path: '^src', pathNot: '^src/log' },
      'A file of lines is the same whatever they say.',
    ),
    layer(
      'studio-is-handed-its-settings',
      { path: '^src/studio' },
      {
        path: [
          '^src/(cli|demo|pose|youtube|app)',
          '^src/temporal/(workflows|activities|activity-options|server|worker)',
          '^node_modules/@temporalio/(worker|workflow|activity)',
        ],
      },
      'The studio speaks to Temporal through src/temporal/client and reads no settings.',
    ),
    layer(
      'page-knows-only-types-of-the-server',
      { path: '^src/studio/browser' },
      {
        path: '^src|^node_modules/(?!preact|@preact|@tanstack|@noble|hono)',
        pathNot:
          '^src/(studio/browser|studio/(groups|words-here|search-words|published-list)|domain/(errors|file-ending|file-name|team-readings|match-words|news-key|rehearsed-cost|text|publish-limits))',
        dependencyTypesNot: ['type-only'],
      },
      'What runs in a browser is the page, and pure parts of the domain.',
    ),
    layer(
      'server-does-not-know-the-page',
      { path: '^src/studio/server' },
      { path: '^src/studio/browser' },
      'The server bundles the page by its path.',
    ),
    layer(
      'notices-speak-through-the-client',
      { path: '^src/notify' },
      { path: '^src', pathNot: '^src/(notify|child/child-environment|domain/news-key|temporal/client|workspace/told)' },
      'Telling people needs the list of videos, and what was told.',
    ),
    layer('resolvable', {}, { couldNotResolve: true }, 'It must be installed.'),
    layer(
      'no-dev-dependency-in-src',
      { path: '^(src|bin)' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
      'What src needs is a dependency.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
