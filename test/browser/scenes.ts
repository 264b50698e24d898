/** Scenes of an incident for screenshots: the house they play in, and how each comes about. */
import { DEFAULTS } from '../../src/core/settings.ts';
import type { People } from '../../src/core/units.ts';
import { openBaton, type TestBaton } from './baton.ts';

const MINUTE = 60_000;

const PEOPLE: People = {
  maria: { id: 'maria', name: 'Maria Lopez', phone: '+1 555 0100' },
  ben: { id: 'ben', name: 'Ben Ito' },
  chloe: { id: 'chloe', name: 'Chloe Martin' },
  dev: { id: 'dev', name: 'Dev Patel' },
  erik: { id: 'erik', name: 'Erik Sandberg' },
  fatou: { id: 'fatou', name: 'Fatou Diallo' },
};

export interface Stage extends TestBaton {
  /** Lets minutes pass: whatever is due by then happens. */
  pass(minutes: number): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  let ahead = 0;
  const baton = await openBaton({
    people: PEOPLE,
    now: () => Date.now() + ahead,
    settings: {
      services: { checkout: { name: 'Checkout', seats: ['checkout'], at: { 'SEV-1': ['database'] } } },
      seats: {
        commander: { name: 'Incident commander', chain: ['maria', 'fatou'] },
        checkout: { name: 'Checkout on-call', chain: ['ben', 'dev'] },
        database: { name: 'Database on-call', chain: ['chloe', 'erik'] },
      },
      commanders: ['maria', 'fatou'],
      places: {
        status: { name: 'Status page', audience: 'customers' },
        leads: { name: 'Stakeholders', audience: 'stakeholders' },
      },
      zone: DEFAULTS.zone,
    },
  });
  const pass = async (minutes: number) => {
    for (let n = 0; n < minutes * 2; n += 1) {
      ahead += MINUTE / 2;
      for (const { id, phase } of await baton.handler.list({ limit: 50 })) {
        if (phase !== 'closed') await baton.handler.ring(id);
      }
    }
    await baton.handler.settled();
  };
  return { ...baton, pass };
}

/** SEV-1, under command, impact known, a mitigation running and two queued. */
export async function sev1WithQueue({ order, pass }: Stage): Promise<string> {
  const { id } = await order('ben', 'declare', {
    title: 'Checkout returns 502 for every customer',
    service: 'checkout',
  });
  await order('ben', 'join-call', {}, id);
  await pass(1);
  await order('maria', 'join-call', {}, id);
  await order('maria', 'take-command', {}, id);
  await order('maria', 'assess-impact', { sees: 'Nobody can pay: 502 after the payment step', reproduced: 'yes' }, id);
  await order('maria', 'assess-impact', { frequency: 'every-time', retries: 'fail', scope: 'everybody' }, id);
  await order('maria', 'set-severity', { severity: 'SEV-1' }, id);
  await order('chloe', 'join-call', {}, id);
  await order('dev', 'join-call', {}, id);
  await order('ben', 'note', { text: 'Error rate went from 0.1 % to 98 % at 14:02, right after release 4.2' }, id);
  await order(
    'maria',
    'delegate',
    { owner: 'dev', what: 'Which release or change went out in the last hour?', due: '10m' },
    id,
  );
  await order('dev', 'acknowledge', { activity: '1' }, id);
  await order('ben', 'propose-mitigation', { what: 'Roll back checkout to 4.1', owner: 'ben' }, id);
  await order('maria', 'start-mitigation', { activity: '2' }, id);
  await order('ben', 'acknowledge', { activity: '2' }, id);
  await order(
    'chloe',
    'propose-mitigation',
    { what: 'Fail the orders database over to the replica', owner: 'chloe' },
    id,
  );
  await order('dev', 'propose-mitigation', { what: 'Serve checkout from the other region' }, id);
  await order('maria', 'delegate', { owner: 'erik', what: 'Read the database logs since 14:00', due: '5m' }, id);
  await order('dev', 'report', { activity: '1', text: 'Only checkout 4.2 went out, at 14:01' }, id).catch(
    () => undefined,
  );
  await pass(1.5);
  return id;
}

/** The shift nears its end and command is offered to somebody else. */
export async function handOver(stage: Stage): Promise<string> {
  const id = await sev1WithQueue(stage);
  await stage.order('fatou', 'join-call', {}, id);
  await stage.order('maria', 'hand-over', { to: 'fatou' }, id);
  return id;
}

/** The rollback was judged to have ended it; most people are free to go. */
export async function watch(stage: Stage): Promise<string> {
  const { order, pass } = stage;
  const id = await sev1WithQueue(stage);
  await order('ben', 'finish', { activity: '2', result: 'Checkout is back on 4.1' }, id);
  await pass(1.5);
  await order('maria', 'judge-mitigation', { activity: '2', verdict: 'fixed' }, id);
  await order('maria', 'mitigated', { mitigation: '2', stays: 'ben' }, id).catch(() =>
    order('maria', 'mitigated', {}, id),
  );
  await order(
    'ben',
    'keep-evidence',
    { text: 'Error rate before and after the rollback', link: 'https://grafana.example.com/d/checkout' },
    id,
  );
  await pass(2);
  return id;
}

export async function closed(stage: Stage): Promise<string> {
  const id = await watch(stage);
  await stage.pass(31);
  await stage.order('maria', 'close', {}, id);
  return id;
}

/** The rollback's observation is over: what did it do? */
export async function judging(stage: Stage): Promise<string> {
  const id = await sev1WithQueue(stage);
  await stage.order('erik', 'acknowledge', { activity: '5' }, id);
  await stage.order('ben', 'finish', { activity: '2', result: 'Checkout is back on 4.1' }, id);
  await stage.order('ben', 'note', { text: 'Error rate is falling: 60 %, 20 %, 4 %' }, id);
  await stage.pass(1.5);
  return id;
}
