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
const { ToBotFromChannelOpenIdMetadataUrl, ToBotFromEmulatorOpenIdMetadataUrl, ToBotFromChannelTokenIssuer } =
  environment;
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    { ToBotFromChannelOpenIdMetadataUrl, ToBotFromEmulatorOpenIdMetadataUrl, ToBotFromChannelTokenIssuer },
    credentials,
  ),
);

/** A press is answered with a card in its place, as Teams wants it. */
async function echo(context: TurnContext): Promise<void> {
  const { text } = (context.activity.value as { action: { data: { fields: { text: string } } } }).action.data.fields;
  const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
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
