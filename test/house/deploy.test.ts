// What deploy/ says of Baton is what Baton does: how it is started, where it listens and keeps, how long it takes to stop.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { files, text } from './tree.ts';

const { scripts } = JSON.parse(await text('package.json')) as { scripts: Record<string, string> };

/** The variables that the image sets. */
const image = Object.fromEntries(
  [...(await text('deploy/Dockerfile')).matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);

test('the container starts what `npm start` starts', async () => {
  const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(await text('deploy/Dockerfile')) ?? [];
  expect((JSON.parse(command) as string[]).join(' ')).toBe(scripts.start);
});

test('the compose file is whole: it builds the Dockerfile that is there, and waits for the database that it starts', async () => {
  const { services } = parse(await text('deploy/compose.yaml')) as {
    services: Record<
      string,
      { build?: { dockerfile: string; args: string[] }; depends_on?: object; volumes?: string[] }
    >;
  };
  const { build, depends_on } = services.baton ?? {};
  expect(await files()).toContain(build?.dockerfile);
  for (const name of build?.args ?? []) expect(await text('deploy/Dockerfile')).toContain(`ARG ${name}=`);
  for (const name of Object.keys(depends_on ?? { none: true })) expect(services).toHaveProperty(name);
});

interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly {
    readonly env: readonly { readonly name: string; readonly value: string }[];
    readonly ports: readonly { readonly containerPort: number }[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
    readonly [probe: string]: unknown;
  }[];
  readonly volumes: readonly { readonly name: string }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas?: number;
    readonly selector: object;
    readonly template?: { readonly metadata: { readonly labels: object }; readonly spec: Pod };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  };
}

describe.each(['one-instance', 'several-instances'])('in Kubernetes, %s', (name) => {
  let manifests: readonly Manifest[];
  let workload: Manifest['spec'];
  let pod: Pod;

  beforeAll(async () => {
    const documents = parseAllDocuments(await text(`deploy/kubernetes/${name}.yaml`));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    manifests = documents.map((document) => document.toJS() as Manifest);
    workload = manifests.find(({ spec }) => spec.template)?.spec as Manifest['spec'];
    pod = workload.template?.spec as Pod;
  });

  test('whoever selects the instances selects them by the labels they have', () => {
    const labels = workload.template?.metadata.labels;
    for (const { kind, spec } of manifests) {
      expect([kind, spec.selector]).toEqual([kind, kind === 'Service' ? labels : { matchLabels: labels }]);
    }
  });

  test('it listens, keeps and compiles where the image does', () => {
    const [container] = pod.containers;
    expect(container?.ports.map(({ containerPort }) => String(containerPort))).toEqual([image.PORT]);
    const mounts = container?.volumeMounts.map(({ mountPath }) => mountPath);
    expect(mounts).toContain('/baton/node_modules/.cache');
    expect(mounts?.includes(image.DATA_DIR ?? '')).toBe(name === 'one-instance');
    const volumes = [...pod.volumes, ...(workload.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)];
    expect(container?.volumeMounts.map((mount) => mount.name).sort()).toEqual(volumes.map((one) => one.name).sort());
  });

  test('it has the time that draining takes, and is probed as probes.md advises', async () => {
    const seconds = [...(await text('src/run.ts')).matchAll(/^const (?:DRAIN|LEAVE) = (\d+)_000;/gm)].map(([, n]) =>
      Number(n),
    );
    expect(seconds).toHaveLength(2);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(seconds.reduce((a, b) => a + b));
    const asked = (probe: string) =>
      (pod.containers[0]?.[probe] as { httpGet: { path: string } } | undefined)?.httpGet.path;
    expect(asked('livenessProbe')).toBe('/healthz');
    expect(asked('readinessProbe')).toBe(name === 'one-instance' ? '/healthz' : '/readyz');
  });
});
