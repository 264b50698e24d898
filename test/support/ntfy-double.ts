/** An ntfy server as its documentation and source have it: topics that phones listen to, one token that may write to them. */
import { type Answered, type Asked, type Provider, startProvider } from './provider.ts';

export interface Pushed {
  readonly topic: string;
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  readonly click?: string;
  readonly actions: readonly { readonly action: string; readonly label: string; readonly url: string }[];
}

export interface NtfyDouble extends Provider {
  /** What phones have shown, in order; the same message sent twice is shown twice. */
  readonly pushed: readonly Pushed[];
}

const LARGEST_BODY = 16_384;
const LARGEST_MESSAGE = 4_096;
const MOST_ACTIONS = 3;

/** @param token that alone may write; absent: everybody may */
export async function startNtfy(token?: string): Promise<NtfyDouble> {
  const pushed: Pushed[] = [];
  const provider = await startProvider(serve);
  return { ...provider, pushed };

  function serve({ method, path, headers, body }: Asked): Answered {
    if (method === 'GET' && path === '/v1/account') return account(headers.authorization);
    if (method !== 'POST' || path !== '/') return no(404, 40401, 'page not found');
    if (token !== undefined && headers.authorization === undefined) return no(403, 40301, 'forbidden');
    if (token !== undefined && headers.authorization !== `Bearer ${token}`) return no(401, 40101, 'unauthorized');
    if (Buffer.byteLength(body) > LARGEST_BODY) return no(413, 41303, 'JSON body too large');
    const given = JSON.parse(body) as Partial<Pushed>;
    const { topic = '', title = '', message = '', priority = 3, actions = [], click } = given;
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(topic)) return no(400, 40009, 'invalid request: topic invalid');
    if (![1, 2, 3, 4, 5].includes(priority)) return no(400, 40007, 'invalid priority parameter');
    const isFine = actions.every(({ action, label, url }) => action === 'view' && label !== '' && URL.canParse(url));
    if (actions.length > MOST_ACTIONS || !isFine) return no(400, 40018, 'invalid request: actions invalid');
    // It would come as a file, where the server takes any.
    if (Buffer.byteLength(message) > LARGEST_MESSAGE) return no(400, 40014, 'invalid request: attachments not allowed');
    pushed.push({ topic, title, message, priority, actions, ...(click === undefined ? {} : { click }) });
    return { status: 200, content: { id: `m${pushed.length}`, event: 'message', topic, message } };
  }

  /** Everybody may ask whose account they have; a token that is not known is refused wherever it is shown. */
  function account(authorization: string | undefined): Answered {
    if (authorization === undefined) return { status: 200, content: { username: '*', role: 'anonymous' } };
    if (authorization !== `Bearer ${token}`) return no(401, 40101, 'unauthorized');
    return { status: 200, content: { username: 'baton', role: 'user' } };
  }
}

function no(status: number, code: number, error: string): Answered {
  return { status, content: { code, http: status, error } };
}
