/** Where alerts come in, and what their fields mean. */
import type { ConfigDocument } from './schema.ts';

/** A door for alerts. */
interface Door {
  /** Any of them opens it. None: only requests from this machine are taken. */
  readonly secrets: readonly string[];
}

/** Alerts with labels. */
interface Labelled extends Door {
  /** The label whose value is the service. Default `service`. */
  readonly serviceLabel: string;
  /** The label whose value is the severity an incident starts at. Default `severity`. */
  readonly severityLabel: string;
}

/** Paths into a body, `monitor.tags.0`; the first that says something counts, of text and links all do. */
type Paths = readonly string[];

export interface HooksConfig {
  /** What sources call our severities: `critical: SEV-1`. Our own ids need not stand here. Default: none. */
  readonly severities: Readonly<Record<string, string>>;
  readonly alertmanager: Labelled;
  readonly grafana: Labelled & {
    /** The header with the signature, as the contact point has it. Default `X-Grafana-Alerting-Signature`. */
    readonly signatureHeader: string;
    /** The header with the time of signing, as the contact point has it. Default: the body alone is signed. */
    readonly timestampHeader?: string | undefined;
  };
  readonly json: Door & {
    /** Senders whose body cannot be chosen, by the name in their address. */
    readonly sources: Readonly<Record<string, JsonSource>>;
  };
}

interface JsonSource extends Door {
  readonly fields: {
    readonly title: Paths;
    /** What the sender takes for one and the same trouble. Default: the title and the service. */
    readonly key?: Paths | undefined;
    readonly severity?: Paths | undefined;
    readonly service?: Paths | undefined;
    readonly text?: Paths | undefined;
    readonly links?: Paths | undefined;
    readonly status?: Paths | undefined;
    /** Who sent it, where the source takes in several. */
    readonly source?: Paths | undefined;
  };
  /** Values of the status that mean it is over; everything else fires. Default `resolved`. */
  readonly resolved: readonly string[];
}

/** @param secretOf reads a secret that may stand in the environment; the path says where it is written */
export function hooksOf(
  { hooks: { severities = {}, alertmanager, grafana, json } = {} }: ConfigDocument,
  secretOf: (written: string, ...path: (string | number)[]) => string,
): HooksConfig {
  const secretsOf = (written: readonly string[] = [], ...path: string[]) =>
    written.map((one, index) => secretOf(one, 'hooks', ...path, 'secret', ...(written.length > 1 ? [index] : [])));
  return {
    severities,
    alertmanager: { secrets: secretsOf(alertmanager?.secret, 'alertmanager'), ...labelsOf(alertmanager) },
    grafana: {
      secrets: secretsOf(grafana?.secret, 'grafana'),
      ...labelsOf(grafana),
      signatureHeader: grafana?.signatureHeader ?? 'X-Grafana-Alerting-Signature',
      ...(grafana?.timestampHeader !== undefined && { timestampHeader: grafana.timestampHeader }),
    },
    json: {
      secrets: secretsOf(json?.secret, 'json'),
      sources: Object.fromEntries(
        Object.entries(json?.sources ?? {}).map(([name, { secret, fields, resolved = ['resolved'] }]) => [
          name,
          { secrets: secretsOf(secret, 'json', 'sources', name), fields, resolved },
        ]),
      ),
    },
  };
}

function labelsOf(
  written: { readonly serviceLabel?: string | undefined; readonly severityLabel?: string | undefined } = {},
) {
  return { serviceLabel: written.serviceLabel ?? 'service', severityLabel: written.severityLabel ?? 'severity' };
}
