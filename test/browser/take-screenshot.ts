/** Takes the README's picture of the console anew: `node test/browser/take-screenshot.ts`. */
import { join } from 'node:path';
import { openBrowser, sit } from './browser.ts';
import { judging, openStage } from './scenes.ts';

const PICTURE = join(import.meta.dirname, '../../docs/screenshots/console.png');

const stage = await openStage();
const browser = await openBrowser();
try {
  const id = await judging(stage);
  const { order } = stage;
  const others = [
    await order('erik', 'declare', { title: 'Search answers slowly for some customers', severity: 'SEV-3' }),
    await order('fatou', 'declare', { title: 'One data centre is lost', drill: true }),
  ];
  for (const other of others) await order('maria', 'answer-page', {}, other.id);
  const page = await sit(browser, `${stage.url}/#/${id}`, 'Maria Lopez', { colorScheme: 'dark' });
  await page.locator('#board-open li').nth(2).waitFor();
  await page.locator('#title').waitFor();
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await stage.stop();
}
