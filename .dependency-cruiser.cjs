/**
 * Who may import whom. Each rule says what went wrong and what to do instead, because its comment is what
 * `npm run imports` prints. test/house/import-rules.test.ts plants a violation of each and expects it to be caught.
 */

/** The core's data, and what may be chosen for a command's fields: what everybody outside it may read. */
const DATA = String.raw`^src/core/(contract|events|incident|settings|severity|units|fields)\.ts$`;
/** Questions about an incident's state that rules and cards ask alike. */
const QUESTIONS = String.raw`^src/core/(activities|evidence|measures|prompts|quorum|review|rounds)\.ts$`;
const COMMANDS = String.raw`^src/core/commands/index\.ts$`;

/** What every adapter's checkup is written in. */
const CHECKUP = String.raw`^src/doctor/(finding|reach|receivers)\.ts$`;

/** The core's outer ring: the files that speak of ports. Everything else in the core is rules. */
const RING = String.raw`^src/core/((ports|at-hand|handle|sweep|retain|summary)\.ts$|handling/)`;

/** Programs: the files directly in src, the only ones that pick adapters. */
const PROGRAMS = String.raw`^src/[^/]+\.ts$`;

/** Packages by the folders that may touch them: [name of the rule, package, folders, what they are called]. */
const AT_HOME = [
  ['botbuilder-in-teams', 'botbuilder|botframework-[^/]+|@azure/[^/]+', 'adapters/teams', 'the Teams adapter'],
  [
    'discord-in-discord',
    String.raw`discord\.js|@discordjs/[^/]+|discord-api-types`,
    'adapters/discord',
    'the Discord adapter',
  ],
  ['mongodb-in-stores', 'mongodb', 'adapters/(mongodb|agenda)', 'the MongoDB store and the jobs on it'],
  ['agenda-in-jobs', 'agenda|@agendajs/[^/]+', 'adapters/agenda', 'the jobs adapter'],
  ['canvas-in-canvas', '@napi-rs/canvas', 'adapters/canvas', 'the adapter that paints'],
  ['i18next-in-cards', 'i18next', 'cards', 'the cards'],
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'These files import each other in a circle, so none can be read or tested alone. Move what they share into the ' +
        'file that should know less, or pass it in as an argument.',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment:
        'This import leads nowhere. Relative imports carry the .ts ending; a package has to stand in package.json.',
      severity: 'error',
      from: { path: '^(src|test)/', pathNot: '^src/adapters/console/web/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'core-alone',
      comment:
        'The core imports something that is not the core. It decides, and nothing else: what it needs from outside ' +
        'comes in with the context (time, ids, settings) or goes through a port in src/core/ports.ts. Code that needs ' +
        'Node or a package belongs in an adapter, words and layout in src/cards.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { couldNotResolve: false, pathNot: '^src/core/' },
    },
    {
      name: 'rules-know-no-ports',
      comment:
        'A rule of the core imports the ring that runs the rules (ports, handle and its parts, sweep, retain). Rules are pure: return an ' +
        'event, a clock, a prompt or an effect, and let handle.ts carry it out.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: RING },
      to: { path: RING },
    },
    {
      name: 'cards-are-pure',
      comment:
        "A card imports more than cards, i18next and the core's data. A card is drawn from an incident and words " +
        'alone: compute what it shows in the core, or pass it in.',
      severity: 'error',
      from: { path: '^src/cards/' },
      to: {
        couldNotResolve: false,
        pathNot: ['^src/cards/', '(^|/)node_modules/i18next/', DATA, COMMANDS, QUESTIONS],
      },
    },
    {
      name: 'desk-before-adapters',
      comment:
        "The desk imports more than Node, cards and the core's ports and data. It is what all surfaces do alike, so it " +
        'knows none of them and no package: let the surface hand in what is its own, or keep that part in the surface.',
      severity: 'error',
      from: { path: '^src/desk/' },
      to: {
        couldNotResolve: false,
        dependencyTypesNot: ['core'],
        pathNot: ['^src/desk/', '^src/cards/', DATA, COMMANDS, String.raw`^src/core/ports\.ts$`],
      },
    },
    {
      name: 'posting-before-adapters',
      comment:
        "Posting imports more than Node, words and the core's ports and data. It is what all that goes out over HTTP does " +
        'alike, so it knows no provider: let the provider hand in what is its own, or keep that part in its file.',
      severity: 'error',
      from: { path: '^src/posting/' },
      to: {
        couldNotResolve: false,
        dependencyTypesNot: ['core'],
        pathNot: ['^src/posting/', '^src/cards/', DATA, String.raw`^src/core/ports\.ts$`],
      },
    },
    {
      name: 'drill-through-the-doors',
      comment:
        'The drill imports more than cards and what the core tells everybody. Simulated people know what people know and ' +
        'act as people act: read the incident through QUESTIONS, give orders through the intake. Files and processes ' +
        'belong in src/practise.ts.',
      severity: 'error',
      from: { path: '^src/drill/' },
      to: {
        couldNotResolve: false,
        pathNot: ['^src/drill/', '^src/cards/', DATA, COMMANDS, QUESTIONS, String.raw`^src/core/ports\.ts$`],
      },
    },
    {
      name: 'adapters-apart',
      comment:
        'An adapter imports another adapter, or more of the core than its ports and data. Adapters meet only in ' +
        'src/main.ts: put what two of them need behind a port, and let main.ts hand it in; what surfaces do alike ' +
        'belongs in src/desk, what providers do alike in src/posting. What the core should do for an adapter comes in through the intake it is started with, ' +
        'never by importing handle.ts.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/adapters/$1/',
          '^src/(cards|desk|posting)/',
          DATA,
          COMMANDS,
          String.raw`^src/core/(ports|at-hand|clocks)\.ts$`,
          CHECKUP,
        ],
      },
    },
    {
      name: 'adapters-have-folders',
      comment:
        'This file lies directly in src/adapters. Each adapter has a folder of its own; what starts adapters lies ' +
        'directly in src.',
      severity: 'error',
      from: { path: '^src/adapters/[^/]+$' },
      to: {},
    },
    {
      name: 'programs-pick-adapters',
      comment:
        'Only the programs directly in src (main.ts and its like) pick adapters. Take what you need as an argument ' +
        'of a type from src/core/ports.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: [PROGRAMS, '^src/adapters/'] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'pages-alone',
      comment:
        "The console's pages run in a browser, which has neither Node nor packages. Import only files beside them " +
        '(types excepted), and let the console serve whatever else they load by its address.',
      severity: 'error',
      from: { path: '^src/adapters/console/web/' },
      to: { pathNot: ['^src/adapters/console/web/', '^/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-src',
      comment:
        'What runs in earnest imports a test, or what tests are built from. Move the shared part into src, where it ' +
        'has a purpose of its own.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-packages-in-src',
      comment:
        'This package is only there for development, so Baton would fail to start where it is installed without ' +
        'development packages. Move it to "dependencies", or do without.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional', 'npm-peer'],
        dependencyTypesNot: ['type-only'],
      },
    },
    ...AT_HOME.map(([name, packages, folders, called]) => ({
      name,
      comment:
        `This package is touched by ${called} only, so that it can be replaced in one place. Say what you need as a ` +
        'port or a type of the core, and let that folder answer it.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${folders}/` },
      to: { path: `(^|/)node_modules/(${packages})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count: they are what the pieces know of each other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // The core's own rule has to see imports of Node however they are written.
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
