/** A process that keeps attachments as fast as it can and says which are kept, until somebody kills it. */
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { plannedAttachment } from './attachments-plan.ts';
import type { AttachmentsAtWork } from './attachments-under-test.ts';

const [module = '', where = '', from = ''] = process.argv.slice(2);
const { openAttachments } = (await import(pathToFileURL(module).href)) as {
  openAttachments(where: string): Promise<AttachmentsAtWork>;
};
const { attachments } = await openAttachments(where);

for (let number = Number(from); ; number++) {
  writeSync(1, `${number} ${await attachments.keep(plannedAttachment(number))}\n`);
}
