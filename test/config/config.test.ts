// baton.yaml and the environment become a configuration, or a list of everything that is wrong, each with its remedy.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../src/config.ts';
import { DEFAULTS, isByHand } from '../../src/core/settings.ts';

const MINUTE = 60_000;

type Environment = Record<string, string>;

function missing(): never {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
}

const load = (yaml: string, environment: Environment = {}) => readConfig(environment, () => yaml);

function problems(yaml: string | undefined, environment: Environment = {}): readonly string[] {
  try {
    readConfig(environment, yaml === undefined ? missing : () => yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('without a file', () => {
  test('Baton runs on its defaults, on this machine alone', () => {
    expect(readConfig({}, missing)).toEqual({
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      logLevel: 'info',
      settings: DEFAULTS,
      people: {},
      hooks: {
        severities: {},
        alertmanager: { secrets: [], serviceLabel: 'service', severityLabel: 'severity' },
        grafana: {
          secrets: [],
          serviceLabel: 'service',
          severityLabel: 'severity',
          signatureHeader: 'X-Grafana-Alerting-Signature',
        },
        json: { secrets: [], sources: {} },
      },
      pagers: {},
      publishers: {},
      retention: {},
      teams: { addresses: {} },
      chats: [],
      warnings: [],
    });
  });

  test.each(['', '# nothing yet\n', 'people:\nseats:\n', '---\n'])(
    '%j says nothing, and neither is it wrong',
    (yaml) => {
      expect(load(yaml).settings).toEqual(DEFAULTS);
    },
  );

  test('a file that was asked for has to be there', () => {
    expect(problems(undefined, { BATON_CONFIG: '/etc/house.yaml' })).toEqual([
      'BATON_CONFIG is "/etc/house.yaml", and there is no such file. Create it, or unset BATON_CONFIG.',
    ]);
  });

  test('a file that cannot be read is said to be so', () => {
    const denied = () => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    };
    expect(() => readConfig({}, denied)).toThrow(
      'baton.yaml cannot be read (EACCES). Make it a file that Baton may read.',
    );
  });
});

describe('the environment', () => {
  test('is read', () => {
    const environment = {
      PORT: '0',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/baton',
      LOG_LEVEL: 'WARN',
      PUBLIC_URL: 'https://baton.example.com/',
      BATON_TOKEN: 'a-token-of-some-length',
    };
    expect(readConfig(environment, missing)).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      dataDir: '/var/lib/baton',
      logLevel: 'warn',
      publicUrl: 'https://baton.example.com',
      token: 'a-token-of-some-length',
    });
  });

  test.each([
    [{ PORT: '3978x' }, 'PORT is "3978x"'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ PORT: '-1' }, 'PORT is "-1"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud". Set one of trace, debug'],
    [{ PUBLIC_URL: 'baton.example.com' }, 'PUBLIC_URL is "baton.example.com"'],
    [{ MONGODB_URI: 'localhost:27017' }, 'MONGODB_URI is no address of a MongoDB'],
    [{ HOST: '0.0.0.0' }, 'HOST is 0.0.0.0, where other machines reach Baton, and there is no BATON_TOKEN'],
    [{ HOST: '::' }, 'HOST is ::'],
    [{ HOST: '0.0.0.0', BATON_TOKEN: 'short' }, 'BATON_TOKEN is short enough to be guessed'],
  ])('%j is refused', (environment, said) => {
    const found = problems(undefined, environment as unknown as Environment);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('%s is this machine', (HOST) => {
    expect(problems(undefined, { HOST })).toEqual([]);
  });
});

describe('settings of the file', () => {
  test('lie over the defaults, one by one', () => {
    const { settings } = load(
      'paging: {repeat: 90s}\nlull: {after: 1h30m}\nrecurrence: 36h\npractice: true\nnight: {from: 23}\n',
    );
    expect(settings).toEqual({
      ...DEFAULTS,
      paging: { ...DEFAULTS.paging, repeat: 1.5 * MINUTE },
      lull: { ...DEFAULTS.lull, after: 90 * MINUTE },
      recurrence: 36 * 60 * MINUTE,
      practice: true,
      night: { from: 23, to: 7 },
    });
  });

  test('keep closed incidents and their files for so many days, or for ever', () => {
    const day = 24 * 60 * MINUTE;
    expect(load('retention: {incidents: 365d, attachments: 90d}').retention).toEqual({
      incidents: 365 * day,
      attachments: 90 * day,
    });
    expect(load('retention: {attachments: 1d}').retention).toEqual({ attachments: day });
    expect(load('').retention).toEqual({});
  });

  test('change rows of the severity table', () => {
    const { settings } = load('people: {anna: {name: Anna}}\nseverities: {SEV-1: {round: 5m, leaders: [anna]}}\n');
    const [worst, ...others] = DEFAULTS.severities;
    expect(settings.severities).toEqual([{ ...worst, round: 5 * MINUTE, leaders: ['anna'] }, ...others]);
  });

  test('write a severity table of the house', () => {
    const yaml = [
      'severities:',
      '  - {id: P1, round: 10m, observation: 1m, shift: 2h, watch: 30m, overlap: true}',
      '  - {id: P2, round: 30m, observation: 3m, shift: 4h, watch: 15m}',
      'startAt: P2',
      'matrix: [{when: {scope: everybody}, severity: P1}, {severity: P2}]',
    ].join('\n');
    const { settings } = load(yaml);
    expect(settings.severities.map(({ id, overlap, quorum }) => [id, overlap, quorum])).toEqual([
      ['P1', true, ['commander']],
      ['P2', false, ['commander']],
    ]);
    expect(settings.matrix).toEqual([
      { when: { scope: 'everybody' }, severity: 'P1' },
      { when: {}, severity: 'P2' },
    ]);
    expect(settings.startAt).toBe('P2');
  });

  test('name people, seats and services', () => {
    const config = load(`
people:
  anna: {name: Anna Example, zone: Europe/Berlin, phone: "+49 30 1234", hour12: false, ids: {discord: "80351110224678912"}}
seats:
  payments: {name: Payments on-call, chain: [anna]}
services:
  payments: {name: Payments, seats: [payments], at: {SEV-1: [commander]}}
`);
    expect(config.people.anna).toEqual({
      id: 'anna',
      name: 'Anna Example',
      zone: 'Europe/Berlin',
      phone: '+49 30 1234',
      hour12: false,
      ids: { discord: '80351110224678912' },
    });
    expect(config.settings.seats).toEqual({
      ...DEFAULTS.seats,
      payments: { name: 'Payments on-call', chain: ['anna'] },
    });
    expect(config.settings.services.payments?.at).toEqual({ 'SEV-1': ['commander'] });
  });

  test('say at which places people post by hand: those that no publisher serves', () => {
    const yaml = (publisher: string) => `
places: {page: {name: Page, audience: customers}, board: {name: Board, audience: stakeholders}}
${publisher}`;
    const byHand = (publisher: string) => {
      const { places } = load(yaml(publisher)).settings;
      return Object.keys(places).filter((place) => isByHand({ places }, place));
    };
    expect(byHand('')).toEqual(['page', 'board']);
    expect(byHand('publishers: {webhook: {url: "https://x.example.com", secret: s}}')).toEqual([]);
    expect(byHand('publishers: {webhook: {url: "https://x.example.com", secret: s, places: [page]}}')).toEqual([
      'board',
    ]);
    expect(isByHand({ places: {} }, 'page')).toBe(true);
  });

  test('never show a secret that is written wrongly', () => {
    const said = problems(
      'hooks: {alertmanager: {secret: 12345678}}\npagers: {webhook: {url: "https://p.example.com", secret: 87654321}}',
    );
    expect(said).toHaveLength(2);
    expect(said.join()).toContain('pagers.webhook.secret is no text. It has to be text: put it in quotes.');
    expect(said.join()).not.toMatch(/12345678|87654321/);
  });

  test('take secrets from the environment where they say so', () => {
    const yaml =
      'hooks: {alertmanager: {secret: [$NEW, old-one], serviceLabel: team}}\npagers: {webhook: {url: "https://p.example.com/x", secret: $PAGER}}\n';
    const config = load(yaml, { NEW: 'new-one', PAGER: 'pager-secret' });
    expect(config.hooks.alertmanager).toEqual({
      secrets: ['new-one', 'old-one'],
      serviceLabel: 'team',
      severityLabel: 'severity',
    });
    expect(config.pagers.webhook).toEqual({ url: 'https://p.example.com/x', secret: 'pager-secret' });
    expect(problems(yaml, { NEW: 'new-one' })).toEqual([
      'baton.yaml:2:60 pagers.webhook.secret is to come from the environment, which has no PAGER. Set PAGER, or write the secret itself.',
    ]);
  });
});

test('publishers share the places: a webhook without any takes what is left', () => {
  const yaml = (webhook: string) => `
places: {page: {name: P, audience: customers}, board: {name: B, audience: stakeholders}, mail: {name: M, audience: customers}}
publishers:
  statuspage: {page: p4g3, key: $KEY, place: page}
  chat: {board: $BOARD}
  ${webhook}`;
  const environment = { KEY: 'k', BOARD: 'https://chat.example.com/hooks/x' };
  const config = load(yaml(''), environment);
  expect(config.publishers).toEqual({
    statuspage: { url: 'https://api.statuspage.io', page: 'p4g3', key: 'k', place: 'page', components: {} },
    chat: { board: 'https://chat.example.com/hooks/x' },
  });
  const byHand = ({ settings }: typeof config) =>
    Object.keys(settings.places).filter((place) => isByHand(settings, place));
  expect(byHand(config)).toEqual(['mail']);
  expect(byHand(load(yaml('webhook: {url: "https://p.example.com", secret: s}'), environment))).toEqual([]);
  expect(problems(yaml(''))).toEqual([
    expect.stringMatching(/^baton.yaml:4:.*has no KEY/),
    expect.stringMatching(/^baton.yaml:5:.*has no BOARD/),
  ]);
});

describe('pagers', () => {
  const KEY = 'k'.repeat(32);

  test('PagerDuty takes keys by person, seat and service, from the environment where they say so', () => {
    const yaml = `people: {anna: {name: Anna}}
seats: {database: {name: Database}}
services: {mail: {name: Mail}}
pagers: {pagerduty: {key: $KEY, people: {anna: $KEY}, seats: {database: ${KEY}}, services: {mail: $KEY}}}`;
    expect(load(yaml, { KEY }).pagers).toEqual({
      pagerduty: {
        url: 'https://events.pagerduty.com',
        key: KEY,
        people: { anna: KEY },
        seats: { database: KEY },
        services: { mail: KEY },
      },
    });
    const europe = `pagers: {pagerduty: {url: "https://events.eu.pagerduty.com/", key: ${KEY}}}`;
    expect(load(europe).pagers.pagerduty?.url).toBe('https://events.eu.pagerduty.com');
    expect(problems(yaml)).toHaveLength(3);
    expect(problems(yaml, { KEY: 'hunter2' }).join()).not.toContain('hunter2');
  });

  test('ntfy takes a server, a token and a topic for each person', () => {
    const yaml = `people: {anna: {name: Anna}}
pagers: {ntfy: {url: "https://push.example.com/", token: $TOKEN, topics: {anna: $TOPIC}}}`;
    expect(load(yaml, { TOKEN: 'tk_1', TOPIC: 'anna-1' }).pagers).toEqual({
      ntfy: { url: 'https://push.example.com', token: 'tk_1', topics: { anna: 'anna-1' } },
    });
    const least = 'people: {anna: {name: Anna}}\npagers: {ntfy: {topics: {anna: anna-1}}}';
    expect(load(least).pagers.ntfy).toEqual({ url: 'https://ntfy.sh', topics: { anna: 'anna-1' } });
  });

  test('whom none of them reaches is said at start, where no chat pages either', () => {
    const house = (pagers: string) => `people: {anna: {name: Anna}, ben: {name: Ben}}
seats: {database: {name: Database, chain: [anna, ben]}}
pagers: ${pagers}`;
    expect(load(house(`{pagerduty: {people: {anna: ${KEY}}}}`)).warnings).toEqual([
      'baton.yaml:3:1 pagers have no way to ben. Give them a way there: until then the commander is told to call them.',
    ]);
    for (const reached of [
      `{pagerduty: {key: ${KEY}}}`,
      `{pagerduty: {seats: {database: ${KEY}}}}`,
      `{pagerduty: {people: {anna: ${KEY}}}, ntfy: {topics: {ben: ben-1}}}`,
      `{pagerduty: {people: {anna: ${KEY}}}, webhook: {url: "https://p.example.com", secret: s}}`,
    ])
      expect(load(house(reached)).warnings).toEqual([]);
  });

  test('beside a chat it is said of whom no account there is written down either', () => {
    const house = (pagers: string) => `people:
  anna: {name: Anna, ids: {discord: "1"}}
  ben: {name: Ben, ids: {teams: "2"}}
seats: {database: {name: Database, chain: [anna, ben]}}
${pagers}`;
    const unreached = (pagers: string) =>
      load(house(pagers), { DISCORD_TOKEN: 'a' }).warnings.filter((warning) => warning.includes('no way'));
    const said = (place: string) =>
      `baton.yaml:${place} pagers have no way to ben, and people no ids.discord of theirs. Give them one or the other: until Baton meets them in a chat the commander is told to call them.`;
    expect(unreached('')).toEqual([said('4:1')]);
    expect(unreached(`pagers: {pagerduty: {people: {anna: ${KEY}}}}`)).toEqual([said('5:1')]);
    expect(unreached('pagers: {ntfy: {topics: {ben: ben-1}}}')).toEqual([]);
    expect(load(house('')).warnings).toEqual([]);
  });
});

describe('what is wrong is said with its place and its remedy', () => {
  test.each<[string, string, string]>([
    [
      'a severity unknown to the sources',
      'hooks: {severities: {critical: SEV-9}}',
      'baton.yaml:1:32 hooks.severities.critical is "SEV-9", which is no severity.',
    ],
    [
      'a source under a name of ours',
      'hooks: {json: {sources: {teams: {fields: {title: a}}}}}',
      'baton.yaml:1:26 hooks.json.sources.teams is a name that Baton uses itself. Choose another.',
    ],
    [
      'a source whose name is also an address without a secret',
      'hooks: {json: {sources: {local: {fields: {title: a}}}}}',
      'baton.yaml:1:26 hooks.json.sources.local is a name that Baton uses itself. Choose another.',
    ],
    [
      'a source whose name cannot stand in an address',
      'hooks: {json: {sources: {a+b: {fields: {title: a}}}}}',
      'baton.yaml:1:26 hooks.json.sources.a+b cannot stand in an address.',
    ],
    [
      'a mapping without a title',
      'hooks: {json: {sources: {uptime: {fields: {key: a}}}}}',
      'hooks.json.sources.uptime.fields.title is missing. Add it.',
    ],
    [
      'a field that no alert has',
      'hooks: {json: {sources: {uptime: {fields: {title: a, sevrity: b}}}}}',
      'hooks.json.sources.uptime.fields.sevrity is not a setting. Did you mean "severity"?',
    ],
    [
      'a header that is none',
      'hooks: {grafana: {timestampHeader: "X Time"}}',
      'hooks.grafana.timestampHeader is no name of a header.',
    ],
    [
      'a secret of a source that the environment lacks',
      'hooks: {json: {sources: {uptime: {secret: $NONE, fields: {title: a}}}}}',
      'hooks.json.sources.uptime.secret is to come from the environment, which has no NONE.',
    ],
    [
      'somebody unknown',
      'people:\n  joe: {name: Joe}\nseats:\n  payments:\n    name: Payments\n    chain: [joe, jo]\n',
      'baton.yaml:6:18 seats.payments.chain names "jo", who is not in people. Add jo to people, or did you mean "joe"?',
    ],
    [
      'a leader unknown',
      'severities: {SEV-1: {leaders: [anna]}}',
      'baton.yaml:1:32 severities.SEV-1.leaders names "anna"',
    ],
    [
      'a commander unknown',
      'commanders: [anna]',
      'baton.yaml:1:14 commanders names "anna", who is not in people. Add anna',
    ],
    ['a comms lead unknown', 'commsLeads: [anna]', 'baton.yaml:1:14 commsLeads names "anna"'],
    [
      'a seat unknown',
      'services: {api: {name: API, seats: [apis]}}',
      '1:37 services.api.seats names "apis", which is not in seats',
    ],
    [
      'a seat unknown at a severity',
      'services: {api: {name: API, at: {SEV-1: [x]}}}',
      '1:42 services.api.at.SEV-1 names "x"',
    ],
    [
      'a severity unknown',
      'services: {api: {name: API, at: {SEV-9: []}}}',
      'is "SEV-9", which is no severity. There are SEV-1, SEV-2, SEV-3.',
    ],
    [
      'a quorum unknown',
      'severities:\n  SEV-2:\n    quorum: [comander]',
      '3:14 severities.SEV-2.quorum names "comander", which is not in seats. Add comander to seats, or did you mean "commander"?',
    ],
    [
      'a row unknown',
      'severities: {SEV1: {round: 5m}}',
      '1:14 severities.SEV1 is not in the table, which has SEV-1, SEV-2, SEV-3. To write a table of your own, make severities a list.',
    ],
    ['a matrix that leads nowhere', 'matrix: [{when: {}, severity: SEV-7}]', '1:31 matrix[0].severity is "SEV-7"'],
    ['a matrix with a hole', 'matrix: [{when: {scope: subset}, severity: SEV-2}]', 'does not take every answer'],
    [
      'an answer unknown',
      'matrix: [{when: {scope: everyone}, severity: SEV-2}]',
      'is "everyone". It has to be one of everybody, subset',
    ],
    ['a start unknown', 'startAt: SEV-4', '1:10 startAt is "SEV-4", which is no severity. There are'],
    [
      'a zone unknown',
      'zone: Europe/Belrin',
      '1:7 zone is "Europe/Belrin", which is no time zone. Did you mean "Europe/Berlin"?',
    ],
    ['a zone of nowhere', 'zone: home', 'which is no time zone. Write it like Europe/Berlin'],
    [
      'a command unknown',
      'people: {a: {name: A}}\npermissions: {declre: [a]}',
      '2:15 permissions.declre is no command. Did you mean "declare"?',
    ],
    [
      'a command of adapters',
      'people: {a: {name: A}}\npermissions: {note-alert: [a]}',
      'permissions.note-alert is no command.',
    ],
    ['a command for nobody', 'permissions: {declare: []}', 'names nobody, so nobody could do it'],
    ['a bare number', 'paging: {repeat: 90}', '1:18 paging.repeat is 90 of what? Write a unit: 90s, 90m or 90h.'],
    ['no time', 'paging: {repeat: 0s}', '1:18 paging.repeat is "0s", which is no duration above zero'],
    [
      'a negative time',
      'paging: {repeat: -5m}',
      'is "-5m", which is no duration above zero. Write it like 90s, 15m or 1h30m.',
    ],
    [
      'a retention without days',
      'retention: {incidents: 8760h}',
      'retention.incidents is "8760h", which is no number of days. Write it like 90d or 365d',
    ],
    [
      'a retention shorter than what a recurrence asks for',
      'recurrence: 72h\nretention: {attachments: 2d}',
      'retention.attachments is shorter than recurrence or fatigue.rest, which still ask for what was closed. Write 3d or more.',
    ],
    [
      'files that outlive their incident',
      'retention: {incidents: 30d, attachments: 90d}',
      'retention.attachments is longer than retention.incidents, and files go with their incident.',
    ],
    ['an endless time', 'recurrence: 99999h', 'longer than a month'],
    ['an hour that is none', 'night: {from: 24}', '1:15 night.from is the number 24. The most it can be is 23.'],
    ['half an hour', 'night: {from: 22.5}', 'It has to be a whole number.'],
    ['a night of no length', 'night: {from: 7}', 'begins and ends at the same hour'],
    ['an unknown setting', 'paging:\n  repet: 2m\n', '2:3 paging.repet is not a setting. Did you mean "repeat"?'],
    ['an unknown section', 'slack: {}', '1:1 slack is not a setting. Known here: zone, people'],
    [
      'a number for text',
      'people: {anna: {name: Anna, phone: +493012345}}',
      '1:36 people.anna.phone is the number 493012345. It has to be text: put it in quotes.',
    ],
    ['nobody’s name', 'people:\n  anna: {zone: UTC}\n', '2:3 people.anna.name is missing. Add it.'],
    [
      'one account for two',
      'people: {a: {name: A, ids: {teams: x}}, b: {name: B, ids: {teams: x}}}',
      "people.b.ids.teams is also a's",
    ],
    ['Baton itself as a person', 'people: {baton: {name: B}}', 'is a name that Baton uses itself'],
    ['an id that is none', 'people: {"a b": {name: A}}', '1:10 people.a b cannot be an id.'],
    ['an id of the language', 'people: {constructor: {name: A}}', 'cannot be an id'],
    [
      'a list for a section',
      'people: [anna]',
      '1:9 people is a list. It has to be a section with ids indented below it.',
    ],
    ['one for a list', 'commanders: anna', '1:13 commanders is "anna". It has to be a list'],
    [
      'a link to press that runs',
      'call: {link: "javascript:alert(1)"}',
      '1:14 call.link is no address that Baton can use',
    ],
    [
      'a place for nobody',
      'places: {page: {name: Page, audience: all}}',
      'It has to be one of customers, stakeholders',
    ],
    [
      'an account on no platform',
      'people: {a: {name: A, ids: {disocrd: "1"}}}',
      '1:29 people.a.ids.disocrd is not a setting. Did you mean "discord"?',
    ],
    [
      'a room on no platform',
      'rooms: {always: [discrd]}',
      '1:18 rooms.always[0] is "discrd". It has to be one of teams, discord',
    ],
    [
      'a room at an unknown severity',
      'rooms: {severities: {SEV1: [teams]}}',
      '1:22 rooms.severities.SEV1 is "SEV1", which is no severity. Did you mean "SEV-1"?',
    ],
    [
      'rooms of an unknown service',
      'services: {payments: {name: P}}\nrooms:\n  services:\n    payment: [teams]',
      '4:5 rooms.services.payment is not in services. Add payment to services, or did you mean "payments"?',
    ],
    [
      'a publisher for an unknown place',
      'publishers: {webhook: {url: "https://x.example.com", secret: s, places: [pag]}}',
      'names "pag", which is not in places',
    ],
    [
      'a key for somebody unknown to page',
      `people: {anna: {name: Anna}}\npagers: {pagerduty: {people: {ana: ${'k'.repeat(32)}}}}`,
      '2:31 pagers.pagerduty.people.ana is not in people. Add ana to people, or did you mean "anna"?',
    ],
    [
      'a key for an unknown service',
      `pagers: {pagerduty: {services: {mail: ${'k'.repeat(32)}}}}`,
      'pagers.pagerduty.services.mail is not in services. Add mail to services.',
    ],
    [
      'ntfy without topics',
      'pagers: {ntfy: {token: t}}',
      '1:10 pagers.ntfy has no topics, so it pages nobody. Add topics',
    ],
    [
      'what can be no topic',
      'people: {anna: {name: Anna}}\npagers: {ntfy: {topics: {anna: a/b}}}',
      '2:32 pagers.ntfy.topics.anna is no topic. Use letters, digits',
    ],
    [
      'a topic of somebody unknown',
      'people: {anna: {name: Anna}}\npagers: {ntfy: {topics: {ana: a}}}',
      'pagers.ntfy.topics.ana is not in people. Add ana to people, or did you mean "anna"?',
    ],
    [
      'PagerDuty without a key',
      'pagers:\n  pagerduty:\n    people: {}',
      '2:3 pagers.pagerduty has no integration key, so it pages nobody. Add key, or keys under people, seats or services.',
    ],
    [
      'what is no key of PagerDuty',
      'pagers: {pagerduty: {key: hunter2}}',
      '1:27 pagers.pagerduty.key is no integration key, which has 32 letters and digits. Copy it',
    ],
    [
      'a channel for an unknown place',
      'publishers: {chat: {bord: "https://c.example.com/x"}}\nplaces: {board: {name: B, audience: stakeholders}}',
      '1:21 publishers.chat.bord is not in places. Add bord to places, or did you mean "board"?',
    ],
    [
      'a channel without an address',
      'publishers: {chat: {board: "#board"}}\nplaces: {board: {name: B, audience: stakeholders}}',
      '1:28 publishers.chat.board is no address of a webhook. Copy it',
    ],
    [
      'a status page at an unknown place',
      'publishers: {statuspage: {page: p, key: k, place: pag}}\nplaces: {page: {name: P, audience: customers}}',
      '1:51 publishers.statuspage.place is "pag", which is not in places. Add pag to places, or did you mean "page"?',
    ],
    [
      'components of an unknown service',
      'publishers: {statuspage: {page: p, key: k, place: page, components: {mail: [c]}}}\nplaces: {page: {name: P, audience: customers}}',
      'publishers.statuspage.components.mail is not in services. Add mail to services.',
    ],
    [
      'a place that two publish at',
      'publishers:\n  statuspage: {page: p, key: k, place: page}\n  chat: {page: "https://c.example.com/x"}\nplaces: {page: {name: P, audience: customers}}',
      '3:10 publishers.chat.page publishes at page, as publishers.statuspage.place does. Leave it to one',
    ],
    [
      'a table without its start',
      'severities: [{id: P1, round: 1m, observation: 1m, shift: 1h, watch: 1m}]\nmatrix: [{severity: P1}]',
      'severities has no SEV-2, at which incidents start. Set startAt',
    ],
    [
      'a table without its matrix',
      'startAt: P1\nseverities: [{id: P1, round: 1m, observation: 1m, shift: 1h, watch: 1m}]',
      'which the built-in matrix does not fit',
    ],
  ])('%s', (_what, yaml, said) => {
    const found = problems(yaml);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test('all problems come at once, those of names beside those of shape, and one mistake is one problem', () => {
    const yaml = [
      'people:',
      '  anna: {name: Anna, zone: Mars/Olympus, shoe: 42}',
      '  ben: {phone: "1"}',
      'seats:',
      '  db: {name: Database, chain: [anna, ben, carl]}',
      'commanders: [anna, ben]',
      'lull: {after: soon}',
    ].join('\n');
    expect(problems(yaml, { PORT: 'x' })).toEqual([
      expect.stringMatching(/^PORT is "x"/),
      expect.stringMatching(/^baton.yaml:2:28 people.anna.zone is "Mars\/Olympus", which is no time zone/),
      expect.stringMatching(/^baton.yaml:2:42 people.anna.shoe is not a setting. Known here: name, zone/),
      expect.stringMatching(/^baton.yaml:3:3 people.ben.name is missing. Add it./),
      expect.stringMatching(/^baton.yaml:5:43 seats.db.chain names "carl"/),
      expect.stringMatching(/^baton.yaml:7:15 lull.after is "soon", which is no duration/),
    ]);
  });

  test.each([
    ['people: {anna: [}}\n', /^baton.yaml:1:\d+ is not YAML: /],
    ['people:\n  anna: {name: A}\n  anna: {name: B}\n', /^baton.yaml:3:3 is not YAML: Map keys must be unique/],
    ['zone: *nowhere\n', /^baton.yaml:1:\d+ is not YAML: /],
    ['just text\n', /^baton.yaml:1:1 The file is "just text"/],
  ])('%j is no file of settings', (yaml, said) => {
    expect(problems(yaml)).toEqual([expect.stringMatching(said)]);
  });

  test('the name of the file that was asked for is said', () => {
    expect(problems('zone: x', { BATON_CONFIG: '/etc/baton/house.yaml' })[0]).toMatch(/^house.yaml:1:7 zone/);
  });
});

test('anchors are followed, and what they stand for is checked where it stands', () => {
  const yaml =
    'people: {anna: {name: Anna}}\nseats:\n  a: {name: A, chain: &all [anna, bob]}\n  b: {name: B, chain: *all}\n';
  expect(problems(yaml)).toEqual([
    expect.stringMatching(/^baton.yaml:3:35 seats.a.chain names "bob"/),
    expect.stringMatching(/^baton.yaml:3:35 seats.b.chain names "bob"/),
  ]);
});

test('the example is a configuration that shows every section', () => {
  const yaml = readFileSync(new URL('../../baton.example.yaml', import.meta.url), 'utf8');
  const environment = {
    ALERTMANAGER_SECRET: 'a',
    GRAFANA_SECRET: 'g',
    JSON_SECRET: 'j',
    UPTIME_SECRET: 'u',
    PAGER_SECRET: 'b',
    PUBLISHER_SECRET: 'c',
    DISCORD_TOKEN: 'd',
    PAGERDUTY_KEY: 'e'.repeat(32),
    PAGERDUTY_KEY_BEN: 'f'.repeat(32),
    NTFY_TOKEN: 'g',
    STATUSPAGE_KEY: 'i',
    BOARD_WEBHOOK: 'https://chat.example.com/hooks/j',
    NTFY_TOPIC_CHRIS: 'h',
  };
  const config = readConfig(environment, () => yaml);
  expect(config.discord).toMatchObject({ token: 'd', archive: { how: 'move', after: 24 * 60 * MINUTE } });
  expect(Object.keys(config.people).length).toBeGreaterThan(2);
  for (const section of Object.keys(DEFAULTS)) expect(yaml).toMatch(new RegExp(`^${section}:`, 'm'));
  for (const section of ['people', 'hooks', 'pagers', 'publishers', 'teams', 'discord'])
    expect(yaml).toMatch(new RegExp(`^${section}:`, 'm'));
});

test('Discord is there with its token, and says what is wrong without', () => {
  const given = {
    DISCORD_TOKEN: ' Bot abc ',
    DISCORD_GUILD_IDS: '123456, 234567',
    DISCORD_API_URL: 'http://127.0.0.1:1/api/',
  };
  expect(load('', given).discord).toEqual({
    token: 'abc',
    guilds: ['123456', '234567'],
    api: 'http://127.0.0.1:1/api',
  });
  expect(load('').discord).toBeUndefined();
  expect(problems('discord: {category: Ops}')).toEqual([expect.stringMatching(/section discord.*no DISCORD_TOKEN/)]);
  expect(problems('', { DISCORD_GUILD_IDS: '123456' })).toEqual([expect.stringMatching(/DISCORD_GUILD_IDS is set/)]);
  expect(problems('', { DISCORD_TOKEN: 'a', DISCORD_GUILD_IDS: 'ours' })).toEqual([
    expect.stringMatching(/holds "ours"/),
  ]);
  expect(problems('', { DISCORD_TOKEN: 'a', DISCORD_API_URL: 'nowhere' })).toEqual([
    expect.stringMatching(/no address/),
  ]);
});

test('a route to a platform that is not set up is said with its place, and is no reason not to run', () => {
  const yaml =
    'services: {payments: {name: Payments}}\nrooms:\n  always: [discord]\n  severities: {SEV-1: [teams, discord]}\n' +
    '  services:\n    payments: [teams]\n';
  const { warnings, chats } = load(yaml, { DISCORD_TOKEN: 'a' });
  expect(chats).toEqual(['discord']);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^baton.yaml:4:24 rooms.severities.SEV-1 leads to teams, which is not set up. Set MicrosoftA/,
    ),
    expect.stringMatching(/^baton.yaml:6:16 rooms.services.payments leads to teams/),
  ]);
  expect(load(yaml).warnings[0]).toMatch(/^baton.yaml:3:12 rooms.always leads to discord.*DISCORD_TOKEN/);
});

test('people without an account in Discord are named where Discord alone is set up, because names are chosen there', () => {
  const yaml = 'people:\n  anna: {name: Anna, ids: {discord: "1"}}\n  ben: {name: Ben}\n';
  expect(load(yaml, { DISCORD_TOKEN: 'a' }).warnings).toEqual([
    expect.stringMatching(/^baton.yaml:1:1 people: ben without ids.discord\. Write their accounts there/),
  ]);
  const crowd = Array.from({ length: 13 }, (_, n) => `  p${n}: {name: P${n}}\n`).join('');
  expect(load(`people:\n${crowd}`, { DISCORD_TOKEN: 'a' }).warnings[0]).toContain(', p9 and 3 more without');
  expect(load(yaml).warnings).toEqual([]);
});
