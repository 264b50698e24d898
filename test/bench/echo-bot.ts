/** The least that a bot on botbuilder can be, as a process of its own: it says what it was told, and keeps nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type TurnContext,
} from 'botbuilder';
import express from 'express';

const { MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId, ...environment } = process.env;
const credentials = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId,
  MicrosoftAppPassword,
  MicrosoftAppTenantId,
  MicrosoftAppType: 'SingleTenant',
});
// As if it had its token for the connector already: that is asked for once an hour, and not what is measured.
credentials.createCredentials = async () => ({
  async signRequest(request) {
    request.headers.set('authorization', 'Bearer kept');
    return request;
  },
});
const { ToBotFromChannelOpenIdMetadataUrl, ToBotFromEmulatorOpenIdMetadataUrl, ToBotFromChannelTokenIssuer } =
  environment;
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    { ToBotFromChannelOpenIdMetadataUrl, ToBotFromEmulatorOpenIdMetadataUrl, ToBotFromChannelTokenIssuer },
    credentials,
  ),
);

const CARD = 'application/vnd.microsoft.card.adaptive';

/** A press is answered with a card in its place, as Teams wants it; a line with a message that holds one. */
async function echo(context: TurnContext): Promise<void> {
  const { type, value, text: typed } = context.activity;
  const text = type === 'message' ? typed : (value as Press).action.data.fields.text;
  const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
  if (type === 'message') {
    await context.sendActivity({ type: 'message', attachments: [{ contentType: CARD, content: card }] });
    return;
  }
  const body = { statusCode: 200, type: CARD, value: card };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

interface Press {
  readonly action: { readonly data: { readonly fields: { readonly text: string } } };
}

const app = express();
app.use(express.json({ limit: '512kb' }));
app.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, echo);
});
const server = createServer(app);
// As long as Baton does: a connection must not close while the other bot is being asked.
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`The echo is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
